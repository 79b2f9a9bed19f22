namespace Siamese.Contracts.Data;

/// <summary>A file of an uploaded data set.</summary>
/// <param name="Path">Path relative to the data set's folder, with `/`.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256 of its content, 64 hexadecimal digits.</param>
public sealed record DataFile(string Path, long Length, string Sha256);
