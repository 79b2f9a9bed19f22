namespace Siamese.Contracts.Data;

/// <summary>How a data set is uploaded.</summary>
public static class UploadLimits
{
    /// <summary>Most bytes of a piece: 2 MB, which a line of 0.6 Mbit/s takes within the 30 s that a call has.</summary>
    public const int PieceBytes = 2 * 1024 * 1024;

    /// <summary>Most bytes of a manifest: 32 MB, some 200,000 files.</summary>
    public const int ManifestBytes = 32 * 1024 * 1024;

    /// <summary>Most names asked about in one call.</summary>
    public const int NamesPerCall = 4096;
}
