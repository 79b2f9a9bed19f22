namespace Siamese.Grains.Storage;

/// <summary>What uploads, imports and crashes leave behind and nothing needs.</summary>
public static class Unused
{
    /// <summary>How long it stays: an upload or an import may be interrupted and continued.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);
}
