using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;
using Siamese.Plots.Ensembles;
using Siamese.Plots.Sweeps;

namespace Siamese.Plots;

/// <summary>Every plot of a sweep and its ensemble. A new plot is added here and nowhere else.</summary>
public static class Pictures
{
    public static IReadOnlyList<Picture> Of(Format format, Findings findings) =>
    [
        .. findings.Sweep is { } sweep ? Of(format, sweep) : [],
        .. findings.Ensemble is { } ensemble ? Of(format, ensemble) : [],
    ];

    public static IEnumerable<Picture> Of(Format format, SweepFindings sweep)
    {
        var labels = new TrialLabels([.. sweep.Trials.Select(trial => trial.Spec)]);
        var varied = Given(sweep);
        Picture?[] all =
        [
            EerByEpoch.Of(format, EerCurve.Of(sweep.Trials), labels, varied),
            BestSoFar.Of(format, sweep.Ended, labels),
            sweep.Importance is { } report ? ImportanceBars.Of(format, report) : null,
            ParallelCoordinates.Of(format, varied, sweep.Completed, labels),
            .. varied.Select(tried => EerByHyperparameter.Of(format, tried, sweep.Completed, labels)),
        ];
        return all.OfType<Picture>();
    }

    public static IEnumerable<Picture> Of(Format format, EnsembleFindings ensemble)
    {
        yield return MemberBars.Weights(format, ensemble.Summary.Ensemble);
        yield return MemberBars.Errors(format, ensemble.Summary.Ensemble, ensemble.Errors);
        yield return ProbabilityCurve.Of(format, ensemble.Summary.Ensemble);
        if (ensemble.Evaluation is { Pairs: { } pairs } evaluation)
        {
            yield return ErrorCurves.Roc(format, evaluation, pairs);
            yield return ErrorCurves.Det(format, evaluation, pairs);
            if (Reliability.Of(format, evaluation, pairs) is { } reliability)
                yield return reliability;
        }

        if (ensemble.Map is { } map)
            yield return EmbeddingPlot.Of(format, map);
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
