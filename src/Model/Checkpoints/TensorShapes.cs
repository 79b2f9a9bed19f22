namespace Siamese.Model.Checkpoints;

/// <summary>What the header of a safetensors file says.</summary>
/// <param name="Tensors">Its tensors by name.</param>
/// <param name="Metadata">What `__metadata__` says; empty where there is none.</param>
public sealed record TensorShapes(IReadOnlyDictionary<string, TensorShape> Tensors, IReadOnlyDictionary<string, string> Metadata);
