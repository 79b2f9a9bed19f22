using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Training;

namespace Siamese.Grains.Search.Importances;

/// <summary>
/// Which hyperparameters mattered in a sweep. The unit is the point: trials that differ in seed or shard only are averaged,
/// so that repeats neither make it seem surer nor tell a tree what it is asked. It is about the logarithm of the EER, as that
/// spans 1 % to 50 %: on the EER itself one collapsed trial would outweigh all that tells good ones apart.
/// </summary>
internal static class SweepImportance
{
    /// <summary>Of fewer, a forest tells nothing.</summary>
    private const int FewestPoints = 10;

    /// <summary>Fewer for each hyperparameter lie too far apart.</summary>
    private const int FewestPointsEach = 5;

    /// <summary>More would take many seconds, and say the same.</summary>
    private const int MostPoints = 1000;

    /// <summary>Numbers that a tree tells apart; it looks at all of them at every split.</summary>
    private const int MostNumbers = 32;

    /// <summary>A forest that foretells less is hardly better than the mean.</summary>
    private const double LowRSquared = 0.2;

    /// <summary>Added to an EER, for below a tenth of a point it is noise, and 0 has no logarithm.</summary>
    private const double Noise = 0.001;

    /// <param name="sweep">The sweep's id, for sentences.</param>
    /// <param name="space">What was chosen. A hyperparameter that it does not state has a default, which follows from those that it does.</param>
    /// <param name="trials">Every trial of the sweep.</param>
    /// <exception cref="BadInputException">Fewer than two trials have ended with an EER, or none of their hyperparameters differ.</exception>
    public static ImportanceReport Of(string sweep, SearchSpace space, IReadOnlyCollection<TrialReport> trials)
    {
        var measured = trials.Where(HasEer).ToArray();
        if (measured.Length < 2)
            throw new BadInputException($"{(measured.Length == 0 ? "No trial" : "Only one trial")} of sweep {sweep} has ended with a validation EER, and it takes two to compare; `client trials {sweep}` shows them.");
        Hyperparameter[] varied = [.. Hyperparameter.All.Where(h => space.Find(h.Name) is not null && Varies(h, measured))];
        if (varied.Length == 0)
            throw new BadInputException($"Every trial of sweep {sweep} has the same hyperparameters, so that none can have mattered; sweep over several values of one, as --margins 1,2,5.");

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
            return report with { Doubt = Text($"Not much can be told from {points.Length} points; it takes {FewestPoints}, and better {FewestPointsEach} for each hyperparameter.") };

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
            return Text($"Not much can be told: what hyperparameters foretell of the EER is hardly better than its mean (out-of-bag R² {rSquared:0.00}).");
        if (points < FewestPointsEach * shares.Length)
            return Text($"Not much can be told: {points} points are few for {shares.Length} hyperparameters; it takes {FewestPointsEach} for each.");
        return shares.All(share => share.Low <= 0) ? "Not much can be told: each hyperparameter's interval holds 0." : null;
    }

    private static IEnumerable<string> Remarks(int points, int withoutEer)
    {
        if (withoutEer > 0)
            yield return Text($"Of those that ended, {withoutEer:N0} {(withoutEer == 1 ? "trial has" : "trials have")} no validation EER and {(withoutEer == 1 ? "does" : "do")} not count.");
        if (points > MostPoints)
            yield return Text($"Shares are from {MostPoints:N0} of the points, drawn at random.");
    }

    private static bool HasEer(TrialReport trial) => trial.Result?.Validation is { } validation && double.IsFinite(validation.Eer);

    private static bool Varies(Hyperparameter hyperparameter, TrialReport[] trials) =>
        trials.Select(trial => hyperparameter.Get(trial.Spec.Hyperparameters)).OfType<HyperparameterValue>().Distinct().Skip(1).Any();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
