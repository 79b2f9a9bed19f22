namespace Siamese.Contracts.Exchange;

/// <summary>A file of an exported folder.</summary>
/// <param name="Path">Path relative to the folder, with `/`.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256 of its content, 64 hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("siamese.ExportedFile")]
public sealed record ExportedFile(string Path, long Length, string Sha256);
