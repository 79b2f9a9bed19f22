using Orleans.Configuration;
using Siamese.Contracts;

namespace Siamese.Silo.Storage;

/// <summary>
/// What a cluster stores: its membership, the grains' states, blobs and checkpoints. Constructing it touches nothing;
/// a silo migrates it and then uses it.
/// </summary>
internal interface IStore : IDisposable
{
    /// <summary>Its name in messages; contains no password.</summary>
    string Name { get; }

    /// <summary>Its kind, as its makers call it.</summary>
    string Kind { get; }

    /// <summary>Whether silos on several machines can use it; else it is for those on one machine.</summary>
    bool IsShared { get; }

    /// <summary>The machine on which it is, if others could intercept the connection or impersonate it; else null.</summary>
    string? UnprotectedHost { get; }

    /// <summary>The schema of this build.</summary>
    Schema Schema { get; }

    Contents Contents { get; }

    /// <summary>Whether it could be used recently.</summary>
    StoreHealth Health { get; }

    /// <summary>Creates the store or updates its schema, if needed. Several silos may do so at once.</summary>
    /// <exception cref="BadInputException">It cannot be opened, has a later schema, or silos of an earlier build run on it.</exception>
    Migration Migrate();

    /// <summary>Counts what it contains, and changes nothing.</summary>
    /// <exception cref="BadInputException">It does not exist, cannot be opened, or has a later schema.</exception>
    StateCounts Count();

    /// <summary>Measures it, with its blobs and checkpoints. Takes long if there are many.</summary>
    /// <exception cref="BadInputException">It cannot be reached.</exception>
    StoreSize Measure();

    /// <summary>Every stored state of a grain, read one by one. The store must have been migrated.</summary>
    IEnumerable<(string Grain, string Name, byte[] Payload)> States();

    /// <summary>Declares members dead that are known to be gone, so that a cluster need not wait for their eviction.</summary>
    void BuryTheDead(string clusterId);

    /// <summary>Keeps a silo on loopback out of a cluster with members on other machines, which could not reach it. The store must have been migrated.</summary>
    /// <exception cref="BadInputException">The cluster has such a member.</exception>
    void RefuseClusterElsewhere(string clusterId);

    void UseClustering(AdoNetClusteringSiloOptions clustering);

    /// <summary>The cluster's secrets. The store must have been migrated.</summary>
    /// <exception cref="BadInputException">It cannot be reached.</exception>
    IReadOnlyList<StoredSecret> Secrets();

    /// <summary>Adds a secret, and removes all others but the newest.</summary>
    void Add(StoredSecret secret);

    /// <summary>Opens the grain states. The caller must close the table.</summary>
    IStateTable OpenStates();
}
