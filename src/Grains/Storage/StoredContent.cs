namespace Siamese.Grains.Storage;

/// <summary>A blob or a checkpoint that was read from end to end.</summary>
/// <param name="Hash">The hash that its bytes must have; the name of a blob.</param>
/// <param name="Length">Length in bytes; 0 if it cannot be read.</param>
/// <param name="Fault">What is wrong with it, including its name; null if its bytes match its hash.</param>
public sealed record StoredContent(string Hash, long Length, string? Fault);
