using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Members;
using Siamese.Grains.Threads;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Grains.Forming;

/// <summary>Measures a formed version on test pairs. The only place that uses test images; nothing is chosen based on them.</summary>
internal static class TestMeasurement
{
    /// <summary>Number of worst pairs of each kind to keep for inspection.</summary>
    private const int WorstOfKind = 5;

    /// <param name="ensemble">The formed version.</param>
    /// <param name="best">The trial with the lowest validation EER, to compare with.</param>
    /// <param name="needed">The members and the best trial, loaded.</param>
    /// <param name="read">Reads the data in the shape of a trial's encoder.</param>
    public static async Task<SweepResult> Of(
        Ensemble ensemble, TrialReport best, LoadedMember[] needed, Func<TrialSpec, DataSet> read)
    {
        var (pairs, images) = await OwnThread.Run(() => (EvaluationPairs.Of(read(best.Spec).Test), read(best.Spec).Test.Images.Count), CancellationToken.None);
        var distances = new Dictionary<string, float[]>();
        foreach (var atOnce in needed.Chunk(Environment.ProcessorCount))
        {
            var measured = await Task.WhenAll(atOnce.Select(member =>
                OwnThread.Run(() => member.Measure(read(member.Spec).Test.Images, pairs), CancellationToken.None)));
            foreach (var (member, itsDistances) in atOnce.Zip(measured))
                distances.Add(member.WeightsBlob, itsDistances);
        }

        return await OwnThread.Run(
            () =>
            {
                float[][] ofMembers = [.. ensemble.Members.Select(member => distances[member.WeightsBlob])];
                var combined = CombinedDistances.Of(ensemble, ofMembers);
                var test = RocCurve.Of(combined, pairs).ToMetrics(ensemble.Threshold);
                var itsDistances = distances[best.Result!.WeightsBlob!];
                var alone = RocCurve.Of(itsDistances, pairs).ToMetrics(best.Result.Validation!.EerThreshold);
                return new SweepResult(
                    new EnsembleSummary(ensemble, test), pairs.Length, test, best.Trial, alone, Intervals(ensemble, (combined, test.Eer), (itsDistances, alone.Eer), pairs, images),
                    Mistakes.OfMembers(ofMembers, [.. ensemble.Members.Select(member => member.Threshold)], pairs),
                    [.. Mistakes.Worst(combined, pairs, ensemble.Threshold, WorstOfKind).Select(i => ToWorst(ensemble, pairs[i], combined[i]))]);
            },
            CancellationToken.None);
    }

    private static WorstPair ToWorst(Ensemble ensemble, ImagePair pair, float distance) =>
        new(pair.First, pair.Second, pair.Relation, distance, EnsembleVerdict.Probability(ensemble, distance));

    private static TestIntervals Intervals(
        Ensemble ensemble, (float[] Distances, double Eer) combined, (float[] Distances, double Eer) best, ImagePair[] pairs, int images)
    {
        var drawn = ImageBootstrap.Eers([combined.Distances, best.Distances], pairs, images);
        var calibration = new CalibrationError(Array.ConvertAll(combined.Distances, distance => EnsembleVerdict.Probability(ensemble, distance)), pairs);
        var differences = drawn[0].Zip(drawn[1], (ofEnsemble, ofBest) => ofEnsemble - ofBest);
        var independent = ExtremeRates.Independent(pairs);
        return new TestIntervals(
            images,
            ExtremeRates.Widen(combined.Eer, ImageBootstrap.Percentiles(drawn[0]), independent),
            ExtremeRates.Widen(best.Eer, ImageBootstrap.Percentiles(drawn[1]), independent), ImageBootstrap.Percentiles(differences),
            calibration.Error, calibration.Interval(images));
    }
}
