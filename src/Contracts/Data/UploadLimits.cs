namespace Siamese.Contracts.Data;

/// <summary>Limits of an upload.</summary>
public static class UploadLimits
{
    /// <summary>Maximum bytes of a piece: 2 MB, which a line of 0.6 Mbit/s transfers within a call's timeout of 30 s.</summary>
    public const int PieceBytes = 2 * 1024 * 1024;

    /// <summary>Maximum bytes of a manifest: 32 MB, about 200,000 files.</summary>
    public const int ManifestBytes = 32 * 1024 * 1024;

    /// <summary>Maximum number of names in one call.</summary>
    public const int NamesPerCall = 4096;
}
