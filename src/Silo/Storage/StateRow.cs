namespace Siamese.Silo.Storage;

/// <summary>One write of a grain's state: a compare-and-swap of its row.</summary>
/// <param name="Grain">The grain's id.</param>
/// <param name="Name">The state's name.</param>
/// <param name="Payload">The state; null clears it and keeps the row with its version, so that a late writer still loses.</param>
/// <param name="Version">The version that the writer read; null if there was no row.</param>
internal sealed record StateRow(string Grain, string Name, byte[]? Payload, long? Version)
{
    /// <summary>Whether the swap took place. Known once the write is durable.</summary>
    public bool IsWritten { get; set; }
}
