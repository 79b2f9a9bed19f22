using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Evaluations;

/// <summary>How often an ensemble found the image of the query's class among images of several classes.</summary>
[GenerateSerializer, Immutable, Alias("siamese.OneShotEvaluation")]
public sealed record OneShotEvaluation
{
    /// <summary>Share of the trials in which the right image was nearest.</summary>
    [Id(0)] public required Estimate Ensemble { get; init; }

    /// <summary>The same for the best member alone.</summary>
    [Id(1)] public required Estimate BestMember { get; init; }

    [Id(2)] public required DrawerRule Drawers { get; init; }

    /// <summary>Number of groups to take classes from, one group per trial; 0 if the data has no groups and all classes are used.</summary>
    [Id(3)] public required int Groups { get; init; }

    /// <summary>Number of groups left out because they have too few classes.</summary>
    [Id(4)] public required int GroupsLeftOut { get; init; }

    /// <summary>Whether the intervals are by bootstrap over groups; else over the query classes.</summary>
    [Id(5)] public required bool IsByGroups { get; init; }

    /// <summary>Number of query classes.</summary>
    [Id(6)] public required int Classes { get; init; }
}
