namespace Siamese.Contracts.Exchange;

/// <summary>How much is brought over at once, and at most.</summary>
public static class ExchangeLimits
{
    /// <summary>Most bytes of a piece of a file: 2 MB, which a line of 0.6 Mbit/s takes within the 30 s that a call has.</summary>
    public const int PieceBytes = 2 * 1024 * 1024;

    /// <summary>Most bytes of a file: 1 GB; the largest encoder that can be asked for has a third of that.</summary>
    public const long FileBytes = 1024L * 1024 * 1024;

    /// <summary>Most bytes of a manifest, of a calibration, and of a weights file's header.</summary>
    public const int TextBytes = 4 * 1024 * 1024;
}
