using System.Collections.Immutable;
using Siamese.Contracts.Trials;

namespace Siamese.Grains.Trials;

/// <summary>How far somebody who follows a sweep's trials has got.</summary>
/// <param name="Queue">The activation of the sweep whose trials he knows; empty at first.</param>
/// <param name="Trials">Number of trials that he knows: the first ones of the expansion.</param>
/// <param name="Changes">Number of changes of trials that he knows.</param>
[GenerateSerializer, Immutable, Alias("siamese.TrialCursor")]
internal readonly record struct TrialCursor(Guid Queue, int Trials, int Changes);

/// <summary>A trial in the fewest figures.</summary>
/// <param name="Ordinal">Its place in the sweep's expansion.</param>
/// <param name="Status">How it ended; waiting if it has not.</param>
/// <param name="Figures">Its figures, once it has ended.</param>
/// <param name="EndedAs">Its place among the ended trials in the order in which they ended, with gaps; −1 if it has not ended.</param>
/// <param name="Id">Its id, if it was finished early and so is another trial than the expansion's; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("siamese.TrialLine")]
internal readonly record struct TrialLine(int Ordinal, TrialStatus Status, TrialFigures Figures, int EndedAs, string? Id);

/// <summary>What a follower of a sweep's trials does not know yet, or the next part of it.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialLook")]
internal sealed record TrialLook
{
    /// <summary>The sweep has no trials.</summary>
    public static readonly TrialLook None = new() { From = default, Next = default, Trials = 0, IsLast = true };

    /// <summary>The beginning of the look. If the follower is at another place, all that he knew is no longer valid.</summary>
    [Id(0)] public required TrialCursor From { get; init; }

    /// <summary>The beginning of the next look.</summary>
    [Id(1)] public required TrialCursor Next { get; init; }

    /// <summary>The next trials of the expansion. They wait unless <see cref="Lines"/> says otherwise.</summary>
    [Id(2)] public ImmutableArray<TrialSpec> Specs { get; init; } = [];

    /// <summary>Their ids.</summary>
    [Id(7)] public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>Trials that have changed.</summary>
    [Id(3)] public ImmutableArray<TrialLine> Lines { get; init; } = [];

    /// <summary>Ordinals of all trials that are being trained now.</summary>
    [Id(4)] public ImmutableArray<int> Running { get; init; } = [];

    /// <summary>Number of trials so far.</summary>
    [Id(5)] public required int Trials { get; init; }

    /// <summary>Whether there is nothing more to know now.</summary>
    [Id(6)] public required bool IsLast { get; init; }
}
