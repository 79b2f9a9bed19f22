using System.Collections.Immutable;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Contracts.Sweeps;

/// <summary>One sweep on the board.</summary>
[GenerateSerializer, Immutable, Alias("siamese.BoardEntry")]
public sealed record BoardEntry
{
    [Id(0)] public required string Sweep { get; init; }
    [Id(1)] public required SweepPhase Phase { get; init; }
    [Id(2)] public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Whether it has an ensemble, which then has the sweep's name.</summary>
    [Id(3)] public bool HasEnsemble { get; init; }

    /// <summary>When the newest version of its ensemble was formed.</summary>
    [Id(4)] public DateTimeOffset? FormedAt { get; init; }

    /// <summary>Contradictions between recent feedback and its ensemble. Filled in by the board.</summary>
    [Id(5)] public ImmutableArray<Drift> Drifts { get; init; } = [];

    /// <summary>Whether it is not a sweep but an imported ensemble.</summary>
    [Id(6)] public bool IsImported { get; init; }

    /// <summary>For an imported ensemble: whether verdicts that name no ensemble may use it.</summary>
    [Id(7)] public bool IsForAll { get; init; }

    /// <summary>Whether verdicts that name no ensemble may use this one; they use the one that was formed last.</summary>
    public bool MayBeDefault => HasEnsemble && (!IsImported || IsForAll);

    /// <summary>The ensemble for verdicts that name none; null if there is none for them.</summary>
    public static BoardEntry? DefaultOf(IEnumerable<BoardEntry> board) => board.Where(entry => entry.MayBeDefault).MaxBy(entry => entry.FormedAt);

    /// <summary>Whether a silo still has work to do for it.</summary>
    public bool IsUnfinished => Phase is SweepPhase.Preparing or SweepPhase.Running or SweepPhase.Forming;
}
