using Siamese.Contracts.Data;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Model.Exchange;

/// <summary>Checks whether weights belong to an encoder, by the names and shapes of their tensors.</summary>
public static class EncoderShapes
{
    /// <summary>Creates the encoder on the calling thread to get its shapes.</summary>
    /// <param name="hyperparameters">Hyperparameters, each in its range.</param>
    /// <param name="given">The shapes in the weights' header.</param>
    /// <exception cref="InvalidDataException">There is no such encoder or distance, or a tensor is missing, unexpected, or of another shape; the message says which.</exception>
    public static void Check(Hyperparameters hyperparameters, TensorShapes given)
    {
        CheckNames(hyperparameters);
        using var encoder = Encoders.Create(hyperparameters);
        var wanted = encoder.state_dict().ToDictionary(entry => entry.Key, entry => new TensorShape(entry.Value.dtype is torch.ScalarType.Int64 ? "I64" : "F32", entry.Value.shape));
        var problems = wanted.Keys.Except(given.Tensors.Keys).Order(StringComparer.Ordinal).Select(name => $"`{name}` is missing")
            .Concat(given.Tensors.Keys.Except(wanted.Keys).Order(StringComparer.Ordinal).Select(name => $"`{name}` is not in the network"))
            .Concat(wanted.Where(entry => given.Tensors.TryGetValue(entry.Key, out var its) && its.ToString() != entry.Value.ToString())
                .Select(entry => $"`{entry.Key}` is {given.Tensors[entry.Key]}, not {entry.Value}"))
            .ToArray();
        if (problems.Length > 0)
            throw new InvalidDataException($"The weights do not fit the network: {string.Join("; ", problems)}.");
    }

    /// <exception cref="InvalidDataException">There is no such encoder or distance, or the size of its input is missing or not allowed.</exception>
    public static void CheckNames(Hyperparameters hyperparameters)
    {
        var kind = Encoders.Find(hyperparameters.Encoder) ?? throw new InvalidDataException($"There is no encoder '{hyperparameters.Encoder}' in this build.");
        if (Distance.Find(hyperparameters.Distance) is null)
            throw new InvalidDataException($"There is no distance '{hyperparameters.Distance}' in this build.");
        if (kind.DefaultInputSize is null && hyperparameters.InputSize is not null)
            throw new InvalidDataException($"The encoder '{kind.Name}' takes no input size.");
        if (kind.Takes is InputKinds.Vectors && hyperparameters.VectorWidth is not > 0)
            throw new InvalidDataException($"The encoder '{kind.Name}' needs the width of its vectors.");
    }
}
