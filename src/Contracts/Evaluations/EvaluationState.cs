namespace Siamese.Contracts.Evaluations;

/// <summary>The state of an evaluation.</summary>
/// <param name="IsKnown">Whether this silo knows the evaluation; one that was lost with its silo is started again.</param>
/// <param name="Progress">Its progress; null before it begins and after it has ended.</param>
/// <param name="Result">Its result; null while it runs and if it failed.</param>
/// <param name="Problem">Why it failed; null if it did not.</param>
/// <param name="Fault">What caused the problem; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("siamese.EvaluationState")]
public sealed record EvaluationState(bool IsKnown, EvaluationProgress? Progress = null, Evaluation? Result = null, string? Problem = null, EvaluationFault? Fault = null);
