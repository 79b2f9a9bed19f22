namespace Siamese.Grains.Storage;

/// <summary>A store that can verify its whole content.</summary>
public interface IVerifiable
{
    /// <summary>Reads everything and compares it with its hash. Skips what is deleted meanwhile.</summary>
    IAsyncEnumerable<StoredContent> Verify(CancellationToken cancellation);
}
