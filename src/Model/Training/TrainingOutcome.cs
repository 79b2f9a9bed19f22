using Siamese.Contracts.Training;

namespace Siamese.Model.Training;

/// <summary>What a trial leaves behind.</summary>
/// <param name="Result">How it ended; its blobs are not named yet.</param>
/// <param name="Weights">The weights as safetensors; null where training broke off.</param>
/// <param name="ValidationEmbeddings">N·D numbers, row by row; null where training broke off.</param>
public sealed record TrainingOutcome(TrialResult Result, byte[]? Weights, float[]? ValidationEmbeddings);
