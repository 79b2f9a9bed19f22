using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Evaluations;

/// <summary>How often an ensemble found the image of the same class among those of several.</summary>
[GenerateSerializer, Immutable, Alias("siamese.OneShotEvaluation")]
public sealed record OneShotEvaluation
{
    /// <summary>Share of the trials in which the right one was nearest.</summary>
    [Id(0)] public required Estimate Ensemble { get; init; }

    /// <summary>The same of the best member alone.</summary>
    [Id(1)] public required Estimate BestMember { get; init; }

    [Id(2)] public required DrawerRule Drawers { get; init; }

    /// <summary>Groups whose classes are chosen among, one group a trial; 0 where the data has none and all classes are.</summary>
    [Id(3)] public required int Groups { get; init; }

    /// <summary>Groups that have too few classes.</summary>
    [Id(4)] public required int GroupsLeftOut { get; init; }

    /// <summary>Whether the intervals are by bootstrap over groups; else over the classes that were asked about.</summary>
    [Id(5)] public required bool IsByGroups { get; init; }

    /// <summary>Number of classes that were asked about.</summary>
    [Id(6)] public required int Classes { get; init; }
}
