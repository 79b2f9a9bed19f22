namespace Siamese.Grains.Storage;

/// <summary>A store that can look at all that it holds.</summary>
public interface IVerifiable
{
    /// <summary>Reads everything and compares it with its hash. What goes while this looks is left out.</summary>
    IAsyncEnumerable<StoredContent> Verify(CancellationToken cancellation);
}
