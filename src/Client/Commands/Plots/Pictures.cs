using Siamese.Client.Commands.Trials;
using Siamese.Client.Drawing;

namespace Siamese.Client.Commands.Plots;

/// <summary>Every plot of a sweep and its ensemble. A new plot is added here and nowhere else.</summary>
internal static class Pictures
{
    public static IReadOnlyList<Picture> Of(Findings findings) =>
    [
        .. findings.Sweep is { } sweep ? Of(sweep) : [],
        .. findings.Ensemble is { } ensemble ? Of(ensemble) : [],
    ];

    public static IEnumerable<Picture> Of(SweepFindings sweep)
    {
        var labels = new TrialLabels([.. sweep.Trials.Select(trial => trial.Spec)]);
        var varied = Given(sweep);
        Picture?[] all =
        [
            EerByEpoch.Of(sweep.Trials, varied, labels),
            BestSoFar.Of(sweep.Ended, labels),
            sweep.Importance is { } report ? ImportanceBars.Of(report) : null,
            ParallelCoordinates.Of(varied, sweep.Completed, labels),
            .. varied.Select(tried => EerByHyperparameter.Of(tried, sweep.Completed, labels)),
        ];
        return all.OfType<Picture>();
    }

    public static IEnumerable<Picture> Of(EnsembleFindings ensemble)
    {
        yield return MemberBars.Weights(ensemble.Summary.Ensemble);
        yield return MemberBars.Errors(ensemble.Summary.Ensemble, ensemble.Errors);
        yield return ProbabilityCurve.Of(ensemble.Summary.Ensemble);
        if (ensemble.Evaluation is { Pairs: { } pairs } evaluation)
        {
            yield return ErrorCurves.Roc(evaluation, pairs);
            yield return ErrorCurves.Det(evaluation, pairs);
        }
    }

    /// <summary>
    /// The most important first. The importance is of those that were given; others only follow from these, as the distance
    /// follows from the loss. All, if the importance is not known.
    /// </summary>
    private static IReadOnlyList<Tried> Given(SweepFindings sweep)
    {
        var tried = Tried.Among(sweep.Completed);
        var given = sweep.Importance?.Hyperparameters.Select(one => tried.FirstOrDefault(other => other.Hyperparameter.Name == one.Hyperparameter)).OfType<Tried>().ToList();
        return given is { Count: > 0 } ? given : tried;
    }
}
