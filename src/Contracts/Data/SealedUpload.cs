using System.Collections.Immutable;

namespace Siamese.Contracts.Data;

/// <summary>How an upload ended.</summary>
/// <param name="Manifest">SHA-256 of the manifest: the name of the data set from now on.</param>
/// <param name="Missing">Missing pieces; if there are any, nothing is kept.</param>
[GenerateSerializer, Immutable, Alias("siamese.SealedUpload")]
public sealed record SealedUpload(string Manifest, ImmutableArray<string> Missing);
