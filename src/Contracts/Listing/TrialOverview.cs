using System.Collections.Immutable;
using Siamese.Contracts.Trials;

namespace Siamese.Contracts.Listing;

/// <summary>What a page about a sweep needs to know of its trials.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialOverview")]
public sealed record TrialOverview
{
    /// <summary>The trials that were asked for.</summary>
    [Id(0)] public required TrialPage Page { get; init; }

    /// <summary>Number of trials in each state that one of them has.</summary>
    [Id(1)] public required ImmutableDictionary<TrialStatus, int> Counts { get; init; }

    /// <summary>What differs between trials.</summary>
    [Id(2)] public required TrialDifferences Differences { get; init; }

    /// <summary>The completed trials with the lowest validation EER, at most <see cref="MostBest"/>.</summary>
    [Id(3)] public required ImmutableArray<TrialReport> Best { get; init; }

    /// <summary>Some trials of each state in which a trial did not end well, at most <see cref="MostApart"/> of each.</summary>
    [Id(4)] public required ImmutableArray<TrialReport> Apart { get; init; }

    /// <summary>Number of trials on which all of this is based: fewer than <see cref="Trials"/> while they are being read.</summary>
    [Id(5)] public required int Known { get; init; }

    /// <summary>Number of trials that the sweep has so far.</summary>
    [Id(6)] public required int Trials { get; init; }

    /// <summary>Maximum number of trials in <see cref="Best"/>.</summary>
    public const int MostBest = 6;

    /// <summary>Maximum number of trials of one state in <see cref="Apart"/>.</summary>
    public const int MostApart = 10;

    /// <summary>The states of <see cref="Apart"/>.</summary>
    public static readonly ImmutableArray<TrialStatus> StatesApart = [TrialStatus.Failed, TrialStatus.Poisonous, TrialStatus.Unusable, TrialStatus.Pruned, TrialStatus.Cancelled];
}

/// <summary>What differs between the trials of a sweep.</summary>
/// <param name="Hyperparameters">The <see cref="Tuning.Hyperparameter.Name"/> of each hyperparameter that differs, in the order of all hyperparameters.</param>
/// <param name="Shards">Whether they have different shards.</param>
/// <param name="Seeds">Whether they have different seeds.</param>
[GenerateSerializer, Immutable, Alias("siamese.TrialDifferences")]
public sealed record TrialDifferences(ImmutableArray<string> Hyperparameters, bool Shards, bool Seeds);
