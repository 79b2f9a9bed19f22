namespace Siamese.Model.Checkpoints;

/// <summary>The content of a safetensors file.</summary>
/// <param name="Tensors">Its tensors, in the order of their data.</param>
/// <param name="Metadata">The entries of `__metadata__`; empty if there is none.</param>
public sealed record TensorFile(IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The tensor with that name.</summary>
    /// <exception cref="InvalidDataException">There is no such tensor.</exception>
    public NamedTensor this[string name] =>
        Tensors.FirstOrDefault(tensor => tensor.Name == name) ?? throw new InvalidDataException($"The file contains no tensor `{name}`.");
}
