namespace Siamese.Model.Checkpoints;

/// <summary>The header of a safetensors file.</summary>
/// <param name="Tensors">Its tensors by name.</param>
/// <param name="Metadata">The entries of `__metadata__`; empty if there is none.</param>
public sealed record TensorShapes(IReadOnlyDictionary<string, TensorShape> Tensors, IReadOnlyDictionary<string, string> Metadata);
