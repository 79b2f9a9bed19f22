using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Importances;

/// <summary>
/// Computes which hyperparameters mattered in a sweep. The unit is the point: trials that differ only in seed or shard are
/// averaged, so that repeats neither inflate confidence nor leak the answer to a tree. It explains the logarithm of the EER,
/// because the EER spans 1 % to 50 %: on the EER itself, one collapsed trial would outweigh all differences between good ones.
/// </summary>
internal static class SweepImportance
{
    /// <summary>With fewer points, a forest is useless.</summary>
    private const int FewestPoints = 10;

    /// <summary>With fewer points for each hyperparameter, points are too far apart.</summary>
    private const int FewestPointsEach = 5;

    /// <summary>More points would take many seconds for the same result.</summary>
    private const int MostPoints = 1000;

    /// <summary>Numbers that a tree distinguishes; every split checks all of them.</summary>
    private const int MostNumbers = 32;

    /// <summary>A forest with a lower R² is hardly better than the mean.</summary>
    private const double LowRSquared = 0.2;

    /// <summary>Added to an EER: differences below a tenth of a point are noise, and 0 has no logarithm.</summary>
    private const double Noise = 0.001;

    /// <param name="sweep">The sweep's id, for messages.</param>
    /// <param name="space">The search space. Hyperparameters that are not in it have defaults that follow from those that are.</param>
    /// <param name="trials">Every trial of the sweep.</param>
    /// <exception cref="BadInputException">Fewer than two trials have ended with an EER, or none of their hyperparameters differ.</exception>
    public static ImportanceReport Of(string sweep, SearchSpace space, IReadOnlyCollection<TrialReport> trials)
    {
        var measured = trials.Where(HasEer).ToArray();
        if (measured.Length < 2)
            throw new BadInputException($"{(measured.Length == 0 ? "No trial" : "Only one trial")} of sweep {sweep} has ended with a validation EER, and a comparison needs two; run `client trials {sweep}` to see the trials.");
        Hyperparameter[] varied = [.. Hyperparameter.All.Where(h => space.Find(h.Name) is not null && Varies(h, measured))];
        if (varied.Length == 0)
            throw new BadInputException($"Every trial of sweep {sweep} has the same hyperparameters, so none of them can matter; sweep over several values of one, for example 'margin' 1,2,5.");

        var points = measured.GroupBy(trial => trial.Spec.Hyperparameters).ToArray();
        var best = varied.Select(h => BestOf.Values(h, measured));
        var report = new ImportanceReport
        {
            Trials = measured.Length,
            Points = points.Length,
            Remarks = [.. Remarks(points.Length, trials.Count(trial => trial.Result is not null && !HasEer(trial)))],
            Hyperparameters = [.. varied.Zip(best, (h, values) => new Importance(h.Name, null, values))],
        };
        if (points.Length < FewestPoints)
            return report with { Doubt = Text($"{points.Length} points are too few for reliable results; use at least {FewestPoints}, better {FewestPointsEach} for each hyperparameter.") };

        var (rSquared, shares) = ForestEstimates.Of(Table(varied, points));
        return report with
        {
            RSquared = rSquared,
            Doubt = Doubt(points.Length, rSquared, shares),
            Hyperparameters = [.. report.Hyperparameters.Zip(shares, (importance, share) => importance with { Share = share }).OrderByDescending(importance => importance.Share!.Value.Value)],
        };
    }

    private static ForestTable Table(Hyperparameter[] varied, IGrouping<Hyperparameters, TrialReport>[] points)
    {
        if (points.Length > MostPoints)
        {
            var order = Enumerable.Range(0, points.Length).ToArray();
            new SplitMix(0, 0).Shuffle(order);
            points = [.. order.Take(MostPoints).Select(i => points[i])];
        }

        return new ForestTable(
            [.. varied.Select(h => ForestColumn.Of([.. points.Select(point => h.Get(point.Key))], MostNumbers))],
            [.. points.Select(point => point.Average(trial => Math.Log(trial.Result!.Validation!.Eer + Noise)))]);
    }

    private static string? Doubt(int points, double rSquared, Estimate[] shares)
    {
        if (rSquared < LowRSquared)
            return Text($"Results are unreliable: hyperparameters predict the EER hardly better than its mean does (out-of-bag R² {rSquared:0.00}).");
        if (points < FewestPointsEach * shares.Length)
            return Text($"Results are unreliable: {points} points are too few for {shares.Length} hyperparameters; use at least {FewestPointsEach} for each.");
        return shares.All(share => share.Low <= 0) ? "Results are unreliable: the interval of every hyperparameter includes 0." : null;
    }

    private static IEnumerable<string> Remarks(int points, int withoutEer)
    {
        if (withoutEer > 0)
            yield return Text($"Of the finished trials, {withoutEer:N0} {(withoutEer == 1 ? "has" : "have")} no validation EER and {(withoutEer == 1 ? "does" : "do")} not count.");
        if (points > MostPoints)
            yield return Text($"Shares are estimated from {MostPoints:N0} randomly chosen points.");
    }

    private static bool HasEer(TrialReport trial) => trial.Result?.Validation is { } validation && double.IsFinite(validation.Eer);

    private static bool Varies(Hyperparameter hyperparameter, TrialReport[] trials) =>
        trials.Select(trial => hyperparameter.Get(trial.Spec.Hyperparameters)).OfType<HyperparameterValue>().Distinct().Skip(1).Any();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
