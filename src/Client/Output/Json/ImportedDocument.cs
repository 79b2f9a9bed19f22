namespace Siamese.Client.Output.Json;

/// <summary>What `import` added to the cluster.</summary>
/// <param name="Ensemble">Its name in this cluster.</param>
/// <param name="Version">Its version in this cluster.</param>
/// <param name="Hash">One hash of everything that decides its verdicts; equal to that of the exported version.</param>
/// <param name="From">Its name and version when exported, as `digits@3`.</param>
/// <param name="Members">The members' trials.</param>
/// <param name="SentBytes">Number of bytes that the cluster did not have yet.</param>
/// <param name="WasThere">Whether the same version had already been imported, so there was nothing to do.</param>
internal sealed record ImportedDocument(string Ensemble, int Version, string Hash, string From, IReadOnlyList<string> Members, long SentBytes, bool WasThere);
