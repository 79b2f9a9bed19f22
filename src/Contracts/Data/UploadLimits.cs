namespace Siamese.Contracts.Data;

/// <summary>How a data set is uploaded.</summary>
public static class UploadLimits
{
    /// <summary>Most bytes of a piece: 2 MB, so that a call is answered in time over a slow line too.</summary>
    public const int PieceBytes = 2 * 1024 * 1024;

    /// <summary>Most bytes of a manifest: 32 MB, some 200,000 files.</summary>
    public const int ManifestBytes = 32 * 1024 * 1024;

    /// <summary>Most names asked about in one call.</summary>
    public const int NamesPerCall = 4096;
}
