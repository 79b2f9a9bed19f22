using System.Runtime.InteropServices;
using Siamese.Contracts.Tensors;
using TorchSharp;

namespace Siamese.Model.Checkpoints;

/// <summary>
/// A network's weights as a safetensors file, with the names of its state_dict, which are PyTorch's:
/// `torch_module.load_state_dict(safetensors.torch.load_file(path))` loads it.
/// </summary>
public static class ModuleWeights
{
    /// <summary>Parameters and buffers of a network; equal weights and metadata give equal bytes.</summary>
    /// <param name="module">The network.</param>
    /// <param name="metadata">Additional metadata for the file.</param>
    /// <exception cref="NotSupportedException">A tensor is neither float32 nor int64.</exception>
    public static byte[] Save(torch.nn.Module module, IReadOnlyDictionary<string, string>? metadata = null) =>
        Safetensors.Write(Copy(module), new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { ["format"] = "pt" });

    /// <summary>A copy of every parameter and buffer of a network.</summary>
    /// <exception cref="NotSupportedException">A tensor is neither float32 nor int64.</exception>
    public static NamedTensor[] Copy(torch.nn.Module module)
    {
        using var scope = torch.NewDisposeScope();
        return [.. module.state_dict().Select(entry => ToNamed(entry.Key, entry.Value))];
    }

    /// <summary>Sets every parameter and buffer of a network, on whatever device they are. If it throws, nothing was set.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or its names, shapes or dtypes do not match the network; the message names them.</exception>
    public static void Load(torch.nn.Module module, ReadOnlySpan<byte> file) => Set(module, Safetensors.Read(file).Tensors);

    /// <inheritdoc cref="Load"/>
    public static void Set(torch.nn.Module module, IEnumerable<NamedTensor> tensors)
    {
        var given = tensors.ToDictionary(tensor => tensor.Name);
        var state = module.state_dict();
        Check(state, given);

        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var (name, target) in state)
            target.copy_(ToTorch(given[name]));
    }

    private static void Check(Dictionary<string, torch.Tensor> state, Dictionary<string, NamedTensor> given)
    {
        var problems = state.Keys.Except(given.Keys).Order(StringComparer.Ordinal).Select(name => $"`{name}` is missing")
            .Concat(given.Keys.Except(state.Keys).Order(StringComparer.Ordinal).Select(name => $"`{name}` is not in the network"))
            .Concat(state.Where(entry => given.ContainsKey(entry.Key)).Select(entry => Mismatch(entry.Value, given[entry.Key])).OfType<string>())
            .ToArray();
        if (problems.Length > 0)
            throw new InvalidDataException($"The weights do not fit the network: {string.Join("; ", problems)}.");
    }

    private static string? Mismatch(torch.Tensor target, NamedTensor given)
    {
        if (!target.shape.SequenceEqual(given.Shape))
            return $"`{given.Name}` has the shape [{string.Join(", ", given.Shape)}], not [{string.Join(", ", target.shape)}]";
        var type = given.IsInteger ? torch.ScalarType.Int64 : torch.ScalarType.Float32;
        return target.dtype == type ? null : $"`{given.Name}` is {type}, not {target.dtype}";
    }

    private static NamedTensor ToNamed(string name, torch.Tensor tensor)
    {
        var plain = tensor.detach().cpu().contiguous();
        return tensor.dtype switch
        {
            torch.ScalarType.Float32 => new NamedTensor(name, tensor.shape, MemoryMarshal.Cast<byte, float>(plain.bytes).ToArray()),
            torch.ScalarType.Int64 => new NamedTensor(name, tensor.shape, MemoryMarshal.Cast<byte, long>(plain.bytes).ToArray()),
            _ => throw new NotSupportedException($"`{name}` is {tensor.dtype}; only float32 and int64 can be saved."),
        };
    }

    private static torch.Tensor ToTorch(NamedTensor tensor) => tensor.IsInteger
        ? torch.tensor(tensor.Integers, [.. tensor.Shape])
        : torch.tensor(tensor.Values, [.. tensor.Shape]);
}
