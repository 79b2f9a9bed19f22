namespace Siamese.Contracts.Exchange;

/// <summary>Limits of an export and an import.</summary>
public static class ExchangeLimits
{
    /// <summary>Maximum bytes of a piece of a file: 2 MB, which a line of 0.6 Mbit/s transfers within a call's timeout of 30 s.</summary>
    public const int PieceBytes = 2 * 1024 * 1024;

    /// <summary>Maximum bytes of a file: 1 GB; the largest possible encoder has a third of that.</summary>
    public const long FileBytes = 1024L * 1024 * 1024;

    /// <summary>Maximum bytes of a manifest, of a calibration, and of a weights file's header.</summary>
    public const int TextBytes = 4 * 1024 * 1024;
}
