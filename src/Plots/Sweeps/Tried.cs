using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Sweeps;

/// <summary>A hyperparameter that has several values among the trials of a sweep.</summary>
/// <param name="Hyperparameter">The hyperparameter.</param>
/// <param name="Words">Its values in order, if they are words; else empty.</param>
/// <param name="Numbers">Its values, if they are numbers; else empty.</param>
public sealed record Tried(Hyperparameter Hyperparameter, IReadOnlyList<string> Words, IReadOnlyList<double> Numbers)
{
    /// <summary>With fewer numbers, that it does not apply to a trial is shown as another word; with more, such a trial has no place.</summary>
    private const int FewNumbers = 3;

    /// <summary>Every hyperparameter with several values, in the usual order.</summary>
    public static IReadOnlyList<Tried> Among(IReadOnlyCollection<TrialReport> trials) =>
        [.. Hyperparameter.All.Select(hyperparameter => Of(hyperparameter, trials)).OfType<Tried>()];

    /// <summary>Its name in full, as `learning rate`; the headings of tables are shorter.</summary>
    public string Title => Hyperparameter.Name.Replace('-', ' ');

    /// <summary>The axis of its values.</summary>
    public Axis Axis => Words.Count > 0 ? Axis.Words(Title, Words) : Axis.Around(Title, Numbers);

    /// <summary>The place of a trial's value on the axis; null if it does not apply to the trial.</summary>
    public double? Place(TrialReport trial) => Words.Count > 0
        ? Words.Index().First(word => word.Item == TrialLabels.Write(Value(trial))).Index
        : Value(trial)?.Number;

    private HyperparameterValue? Value(TrialReport trial) => Hyperparameter.Get(trial.Spec.Hyperparameters);

    private static Tried? Of(Hyperparameter hyperparameter, IReadOnlyCollection<TrialReport> trials)
    {
        var values = trials.Select(trial => hyperparameter.Get(trial.Spec.Hyperparameters)).Distinct().ToList();
        if (values.Count < 2)
            return null;
        double[] numbers = [.. values.Where(value => value is { Word: null }).Select(value => value!.Value.Number)];
        if (numbers.Length == values.Count || (numbers.Length >= FewNumbers && numbers.Length == values.Count(value => value is not null)))
            return new(hyperparameter, [], numbers);
        var inOrder = values.OrderBy(value => value?.Number ?? double.PositiveInfinity).ThenBy(value => value?.Word, StringComparer.Ordinal);
        return new(hyperparameter, [.. inOrder.Select(value => TrialLabels.Write(value)).Distinct()], []);
    }
}
