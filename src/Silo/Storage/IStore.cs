using Orleans.Configuration;
using Siamese.Contracts;

namespace Siamese.Silo.Storage;

/// <summary>
/// What a cluster keeps: its membership, the grains' states, blobs and checkpoints. Made without touching anything;
/// a silo migrates it and then uses it.
/// </summary>
internal interface IStore : IDisposable
{
    /// <summary>What it is called in messages; tells no password.</summary>
    string Name { get; }

    /// <summary>This build's.</summary>
    Schema Schema { get; }

    Contents Contents { get; }

    /// <summary>Makes the store, or brings its schema up to date, where need be. Several silos may do so at once.</summary>
    /// <exception cref="BadInputException">It cannot be opened, is of a later schema, or silos of an earlier build run on it.</exception>
    Migration Migrate();

    /// <summary>Looks at it and changes nothing.</summary>
    /// <exception cref="BadInputException">It is not there, cannot be opened, or is of a later schema.</exception>
    StateCounts Count();

    /// <summary>Declares those members dead that are known to be gone, so that a cluster need not wait for their eviction.</summary>
    void BuryTheDead(string clusterId);

    void UseClustering(AdoNetClusteringSiloOptions clustering);

    /// <summary>The grain states. Whoever opens the table closes it.</summary>
    IStateTable OpenStates();
}
