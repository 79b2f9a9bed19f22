using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Listing;

/// <summary>
/// The trials that plots of a sweep show. If there are many, each plot has only the best of those that would lie over each other,
/// so that the number of marks does not grow with the number of trials.
/// </summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialPlots")]
public sealed record TrialPlots
{
    /// <summary>Every trial that a plot shows, the best first, without the reports of its epochs.</summary>
    [Id(0)] public required ImmutableArray<TrialReport> Trials { get; init; }

    /// <summary>Number of completed trials with an EER that were asked for.</summary>
    [Id(1)] public required int Measured { get; init; }

    /// <summary>What differs between trials of the sweep.</summary>
    [Id(2)] public required TrialDifferences Differences { get; init; }

    /// <summary>A plot for each hyperparameter that differs.</summary>
    [Id(3)] public required ImmutableArray<HyperparameterTrials> ByHyperparameter { get; init; }

    /// <summary>For parallel coordinates: places in <see cref="Trials"/>.</summary>
    [Id(4)] public required ImmutableArray<int> Lines { get; init; }

    /// <summary>EERs in the order in which the trials ended.</summary>
    [Id(5)] public required ImmutableArray<CoursePoint> Course { get; init; }

    /// <summary>The values of each hyperparameter among all trials of the sweep.</summary>
    [Id(6)] public ImmutableArray<HyperparameterValues> Values { get; init; } = [];

    /// <summary>Maximum number of marks in a plot.</summary>
    public const int MostMarks = 500;

    /// <summary>Maximum number of lines through parallel coordinates.</summary>
    public const int MostLines = 300;
}

/// <summary>The trials in the plot of a hyperparameter.</summary>
/// <param name="Hyperparameter">Its <see cref="Hyperparameter.Name"/>.</param>
/// <param name="Trials">Places in <see cref="TrialPlots.Trials"/>.</param>
[GenerateSerializer, Immutable, Alias("siamese.HyperparameterTrials")]
public sealed record HyperparameterTrials(string Hyperparameter, ImmutableArray<int> Trials);

/// <summary>A trial as one of those that ended.</summary>
/// <param name="Place">Its place among them, from 1.</param>
/// <param name="Eer">Its validation EER, 0 to 1.</param>
/// <param name="IsBest">Whether no trial before it was as good.</param>
[GenerateSerializer, Immutable, Alias("siamese.CoursePoint")]
public readonly record struct CoursePoint(int Place, double Eer, bool IsBest);

/// <summary>The values of a hyperparameter among the trials of a sweep.</summary>
/// <param name="Hyperparameter">Its <see cref="Hyperparameter.Name"/>.</param>
/// <param name="Some">Its values in order, if there are at most <see cref="Most"/>; otherwise the smallest and the largest. Null stands for trials to which it does not apply.</param>
/// <param name="Count">Number of its values.</param>
[GenerateSerializer, Immutable, Alias("siamese.HyperparameterValues")]
public sealed record HyperparameterValues(string Hyperparameter, ImmutableArray<HyperparameterValue?> Some, int Count)
{
    /// <summary>Maximum number of values that are listed.</summary>
    public const int Most = 8;
}
