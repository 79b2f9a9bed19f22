namespace Siamese.Client.Output.Json;

/// <summary>What `import` brought in.</summary>
/// <param name="Ensemble">Its name here.</param>
/// <param name="Version">Its version here.</param>
/// <param name="Hash">What decides its verdicts, as one hash: that of the version that was exported.</param>
/// <param name="From">What it was called where it was exported, as `digits@3`.</param>
/// <param name="Members">The members' trials.</param>
/// <param name="SentBytes">How much of it was not here yet.</param>
/// <param name="WasThere">Whether the very same had been imported before, so that there was nothing to do.</param>
internal sealed record ImportedDocument(string Ensemble, int Version, string Hash, string From, IReadOnlyList<string> Members, long SentBytes, bool WasThere);
