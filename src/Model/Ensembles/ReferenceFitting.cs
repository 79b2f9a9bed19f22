using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.References;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Ensembles;

/// <summary>Finds out, on validation images, how an ensemble best answers for each number of references.</summary>
public static class ReferenceFitting
{
    /// <summary>Largest number of references that is calibrated.</summary>
    private const int Most = 10;

    private const int TrialsOfEachKind = 1000;
    private const int Seed = 1;

    /// <summary>The ensemble with the spread of its members' embeddings, and a calibration for each number of references that validation images suffice for.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="embeddings">For each member, its embeddings of the validation images, (N, D), row by row.</param>
    /// <param name="pairs">The validation pairs.</param>
    /// <param name="images">N.</param>
    public static Ensemble Fit(Ensemble ensemble, IReadOnlyList<float[]> embeddings, ImagePair[] pairs, int images)
    {
        var same = Array.FindAll(pairs, pair => pair.Relation is Relation.Same);
        var fitted = ensemble with { Members = [.. ensemble.Members.Zip(embeddings, (member, its) => member with { Spread = [.. SpreadOf(its, its.Length / images, same)] })] };
        var drawing = ReferenceTrials.Of(images, pairs);
        var distance = new ReferenceDistance(fitted, embeddings);
        var calibrations = ImmutableArray.CreateBuilder<ReferenceCalibration>();
        for (var count = 2; count <= Most && drawing.Draw(count, TrialsOfEachKind, Seed) is { Length: > 0 } trials; count++)
            calibrations.Add(Rules(fitted).Select(rule => Calibrate(rule, count, distance, trials)).MinBy(calibration => calibration.Eer)!);
        return fitted with { References = calibrations.ToImmutable() };
    }

    private static ReferenceRule[] Rules(Ensemble ensemble) =>
        ReferenceDistance.HasGaussian(ensemble) ? Enum.GetValues<ReferenceRule>() : [ReferenceRule.Nearest, ReferenceRule.Mean];

    private static ReferenceCalibration Calibrate(ReferenceRule rule, int count, ReferenceDistance distance, ReferenceTrial[] trials)
    {
        var distances = Array.ConvertAll(trials, trial => distance.Of(rule, trial.Image, trial.References));
        var pairs = Array.ConvertAll(trials, trial => trial.Pair);
        var (curve, platt) = (RocCurve.Of(distances, pairs), PlattScaling.Fit(distances, pairs));
        return new(count, rule, curve.EqualErrorThreshold, platt.A, platt.B, curve.EqualErrorRate);
    }

    /// <summary>The standard deviation of each number of an embedding within classes, from the differences of *same* pairs: half of their mean square is the variance.</summary>
    private static float[] SpreadOf(float[] embeddings, int width, ImagePair[] same)
    {
        var squares = new double[width];
        foreach (var (first, second, _) in same)
        {
            for (var i = 0; i < width; i++)
                squares[i] += Math.Pow(embeddings[(first * width) + i] - embeddings[(second * width) + i], 2);
        }

        // No number is the same in all images of a class: if one seems so, any difference would count as infinite.
        var least = 1e-3 * Math.Sqrt(squares.Average() / (2 * same.Length)) + 1e-6;
        return Array.ConvertAll(squares, square => (float)Math.Max(least, Math.Sqrt(square / (2 * same.Length))));
    }
}
