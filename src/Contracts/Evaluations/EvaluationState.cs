namespace Siamese.Contracts.Evaluations;

/// <summary>Where an evaluation stands.</summary>
/// <param name="IsKnown">Whether this silo knows of it; one that was lost with its silo is started again.</param>
/// <param name="Progress">How far it is; null before it has begun and when it has ended.</param>
/// <param name="Result">What came of it; null while under way and where it failed.</param>
/// <param name="Problem">Why it failed; null where it did not.</param>
/// <param name="Fault">Where the problem lies; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("siamese.EvaluationState")]
public sealed record EvaluationState(bool IsKnown, EvaluationProgress? Progress = null, Evaluation? Result = null, string? Problem = null, EvaluationFault? Fault = null);
