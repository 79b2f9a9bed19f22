using Siamese.Contracts.Trials;

namespace Siamese.Model.Training;

/// <summary>The outcome of training a trial.</summary>
/// <param name="Result">How it ended; blob names are not set yet.</param>
/// <param name="Weights">The weights as safetensors; null if training diverged.</param>
/// <param name="ValidationEmbeddings">N·D numbers, row by row; null if training diverged.</param>
public sealed record TrainingOutcome(TrialResult Result, byte[]? Weights, float[]? ValidationEmbeddings);
