using System.Collections.Immutable;

namespace Siamese.Contracts.Exchange;

/// <summary>The beginning of a weights file, which gives the shapes that it contains before the file itself is sent.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its first 8 bytes, which give a length, and that many bytes more.</param>
[GenerateSerializer, Immutable, Alias("siamese.WeightsHeader")]
public sealed record WeightsHeader(string Path, ImmutableArray<byte> Bytes);
