using Siamese.Grains.Storage;

namespace Siamese.Grains.Data;

/// <summary>The stored state of the registry. The pieces of a data set are listed in its manifest.</summary>
[GenerateSerializer, Alias("siamese.DataRegistryState")]
internal sealed class DataRegistryState
{
    /// <summary>The sweeps that use each manifest, keyed by the manifest's name.</summary>
    [Id(0)] public Dictionary<string, HashSet<string>> Sweeps { get; set; } = [];

    /// <summary>When each manifest was entered, and when each sweep began to use it; earlier builds did not record it.</summary>
    [Id(1)] public Dictionary<(string Manifest, string? Sweep), DateTimeOffset> Since { get; set; } = [];

    /// <summary>
    /// The uses that ended without being reported: by an evaluation whose silo died, or by a sweep whose submission was
    /// interrupted. A data set that no sweep has used since its upload counts too.
    /// </summary>
    /// <param name="sweeps">The sweeps that exist, or existed until recently.</param>
    /// <param name="now">The current time.</param>
    public IEnumerable<(string Manifest, string? Sweep)> Expired(IReadOnlySet<string> sweeps, DateTimeOffset now) =>
        Uses(sweeps).Where(use => Since.TryGetValue(use, out var since) && now - since > Unused.Grace);

    /// <summary>The uses that may have ended, but of which nobody knows when they began.</summary>
    public IEnumerable<(string Manifest, string? Sweep)> Undated(IReadOnlySet<string> sweeps) => Uses(sweeps).Where(use => !Since.ContainsKey(use));

    /// <summary>Whether anything still uses a data set.</summary>
    public bool IsUsed(string manifest, IReadOnlySet<string> sweeps, DateTimeOffset now) =>
        Sweeps[manifest].Any(sweeps.Contains) || Uses(sweeps).Where(use => use.Manifest == manifest).Except(Expired(sweeps, now)).Any();

    /// <summary>All uses but those by sweeps that exist. A data set without any use has one, by nobody.</summary>
    private IEnumerable<(string Manifest, string? Sweep)> Uses(IReadOnlySet<string> sweeps) =>
        from data in Sweeps
        from sweep in data.Value.Count > 0 ? data.Value : [null!]
        where sweep is null || !sweeps.Contains(sweep)
        select (data.Key, (string?)sweep);
}
