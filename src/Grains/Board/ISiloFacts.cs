using Siamese.Contracts.Clusters;

namespace Siamese.Grains.Board;

/// <summary>What a silo knows of itself beyond its grains. Answers at once.</summary>
public interface ISiloFacts
{
    /// <inheritdoc cref="SiloNews.Page"/>
    string? Page { get; }

    /// <inheritdoc cref="SiloNews.Store"/>
    StoreNews Store { get; }
}
