namespace Siamese.Grains.Storage;

/// <summary>A blob or a checkpoint that was read from end to end.</summary>
/// <param name="Length">Its bytes; 0 where they cannot be read.</param>
/// <param name="Fault">What is wrong with it, by its name; null where its bytes have its hash.</param>
public sealed record StoredContent(long Length, string? Fault);
