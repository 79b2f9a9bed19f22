using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Importances;

/// <summary>Finds the best values of a hyperparameter: one of few values, or a third of many numbers.</summary>
internal static class BestOf
{
    private const int MostToList = 5;
    private const int Thirds = 3;

    /// <param name="hyperparameter">The hyperparameter; at least one trial has a value for it.</param>
    /// <param name="trials">Trials that have an EER.</param>
    public static BestValues Values(Hyperparameter hyperparameter, IReadOnlyCollection<TrialReport> trials)
    {
        var values = trials.Select(trial => hyperparameter.Get(trial.Spec.Hyperparameters)).ToArray();
        var column = ForestColumn.Of(values, values.OfType<HyperparameterValue>().Distinct().Count() > MostToList ? Thirds : MostToList);
        var groups = from trial in trials.Index()
                     where values[trial.Index] is not null
                     group (Value: values[trial.Index]!.Value, trial.Item.Result!.Validation!.Eer) by column.Codes[trial.Index];
        return groups
            .Select(group => new BestValues(
                group.MinBy(trial => trial.Value.Number).Value, group.MaxBy(trial => trial.Value.Number).Value, group.Average(trial => trial.Eer), group.Count()))
            .MinBy(best => best.Eer)!;
    }
}
