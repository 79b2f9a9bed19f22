namespace Siamese.Model.Checkpoints;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">Its tensors, in the order of their data.</param>
/// <param name="Metadata">What `__metadata__` says; empty where there is none.</param>
public sealed record TensorFile(IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The tensor of that name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public NamedTensor this[string name] =>
        Tensors.FirstOrDefault(tensor => tensor.Name == name) ?? throw new InvalidDataException($"The file holds no tensor `{name}`.");
}
