namespace Siamese.Web.Problems;

/// <summary>Metadata of operations that answer with `{"error": …}` in place of a problem, with the same statuses, because their protocol says so.</summary>
internal sealed class PlainErrors;

/// <summary>What went wrong, as the Open Inference Protocol has it.</summary>
internal sealed record PlainError(string Error);
