using Siamese.Contracts.Access;

namespace Siamese.Grains.Exchange;

/// <summary>An import that may never be finished; its key is the name of the ensemble. Called by the silos.</summary>
[Alias("siamese.IBegunImport"), SilosOnly]
internal interface IBegunImport : IGrainWithStringKey
{
    /// <summary>Removes the import if it was never finished and nothing was sent for a day.</summary>
    /// <returns>Bytes freed.</returns>
    [Alias("RemoveIfAbandoned")]
    Task<long> RemoveIfAbandoned(CancellationToken cancellation);
}
