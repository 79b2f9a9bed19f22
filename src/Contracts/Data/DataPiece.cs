namespace Siamese.Contracts.Data;

/// <summary>A piece of an uploaded data set: a blob.</summary>
/// <param name="Length">Bytes; at most <see cref="UploadLimits.PieceBytes"/>.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hexadecimal digits; also the blob's name.</param>
public sealed record DataPiece(int Length, string Sha256);
