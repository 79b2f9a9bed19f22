namespace Siamese.Contracts.Data;

/// <summary>A file of an uploaded data set.</summary>
/// <param name="Path">Below the data set's folder, with `/`.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of its content, 64 hexadecimal digits.</param>
public sealed record DataFile(string Path, long Length, string Sha256);
