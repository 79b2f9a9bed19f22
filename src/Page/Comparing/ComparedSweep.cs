using Siamese.Contracts.Listing;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;

namespace Siamese.Page.Comparing;

/// <summary>One of two sweeps that are compared.</summary>
/// <param name="Progress">Its state.</param>
/// <param name="Trials">Its best trials, and how many there are in each state.</param>
/// <param name="Plots">Its trials in the order in which they ended, and the values of its hyperparameters.</param>
public sealed record ComparedSweep(SweepProgress Progress, TrialOverview Trials, TrialPlots Plots)
{
    /// <summary>The values of a hyperparameter in words, such as `1, 2, 5` or `0.1 to 4 (200 values)`.</summary>
    public string ValuesOf(string hyperparameter) => Plots.Values.FirstOrDefault(values => values.Hyperparameter == hyperparameter) switch
    {
        null => Figures.None,
        { Count: > HyperparameterValues.Most } many => $"{TrialLabels.Write(many.Some[0])} to {TrialLabels.Write(many.Some[^1])} ({Figures.Of(many.Count, "value")})",
        { Some: var some } => string.Join(", ", some.Select(TrialLabels.Write)),
    };

    /// <summary>The hyperparameters whose values differ between two sweeps.</summary>
    public static IReadOnlyList<Hyperparameter> Differing(ComparedSweep first, ComparedSweep second) =>
        [.. Hyperparameter.All.Where(one => first.ValuesOf(one.Name) != second.ValuesOf(one.Name))];
}
