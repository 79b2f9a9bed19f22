using System.Collections.Immutable;

namespace Siamese.Contracts.Exchange;

/// <summary>The beginning of a weights file, which says what shapes it holds: known before the file itself is sent.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its first 8 bytes and as many more as these say.</param>
[GenerateSerializer, Immutable, Alias("siamese.WeightsHeader")]
public sealed record WeightsHeader(string Path, ImmutableArray<byte> Bytes);
