namespace Siamese.Contracts.Tensors;

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

/// <summary>The header of a safetensors file.</summary>
/// <param name="Tensors">Its tensors by name.</param>
/// <param name="Metadata">The entries of `__metadata__`; empty if there is none.</param>
public sealed record TensorShapes(IReadOnlyDictionary<string, TensorShape> Tensors, IReadOnlyDictionary<string, string> Metadata);

/// <summary>A tensor of a safetensors file, and the place of its numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dtype and shape.</param>
/// <param name="Begin">Place of its first byte in the file.</param>
/// <param name="End">Place after its last byte.</param>
public sealed record TensorPlace(string Name, TensorShape Shape, long Begin, long End);

/// <summary>A tensor's entry in a file's header.</summary>
/// <param name="Type">Its dtype, such as `F32`.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
public sealed record TensorShape(string Type, long[] Shape)
{
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
