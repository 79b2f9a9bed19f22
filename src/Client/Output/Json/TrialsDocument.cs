namespace Siamese.Client.Output.Json;

/// <summary>Every trial of a sweep, best validation EER first.</summary>
internal sealed record TrialsDocument(string Sweep, IReadOnlyList<TrialDocument> Trials);
