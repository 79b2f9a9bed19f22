using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Trials;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Ensembles;

/// <summary>
/// Makes an ensemble from finished trials: members and weights by <see cref="BaggedSelection"/>, the threshold at the equal
/// error rate, probabilities by <see cref="Calibration"/>, all on the validation pairs.
/// </summary>
public static class EnsembleFormation
{
    /// <summary>Forms one version. The same candidates in the same order make the same ensemble.</summary>
    /// <param name="name">The ensemble's name.</param>
    /// <param name="version">From 1.</param>
    /// <param name="formedAt">The current time.</param>
    /// <param name="data">The data that the candidates were trained on.</param>
    /// <param name="candidates">
    /// Completed trials. A trial with a threshold that is not above 0 (its distances have collapsed) cannot be averaged and is left out.
    /// </param>
    /// <param name="pairs">The validation pairs that the candidates' distances belong to.</param>
    /// <param name="images">Number of validation images.</param>
    /// <param name="maximumMembers">Maximum number of members.</param>
    /// <returns>The ensemble, with its members by descending weight.</returns>
    /// <exception cref="ArgumentException">No candidate can be used, a kind of pair is missing, or a distance is not a finite number.</exception>
    public static Ensemble Form(
        string name, int version, DateTimeOffset formedAt, DataSource data, IReadOnlyList<MemberCandidate> candidates, ImagePair[] pairs,
        int images, int maximumMembers)
    {
        var usable = FindUsable(candidates, pairs);
        var weights = BaggedSelection.Weights([.. usable.Select(candidate => candidate.Normalised())], pairs, images, maximumMembers);
        var chosen = Enumerable.Range(0, usable.Count).Where(i => weights[i] > 0).OrderByDescending(i => weights[i]).ToArray();

        var combined = CombinedDistances.Of(
            [.. chosen.Select(i => (weights[i], usable[i].Threshold))], [.. chosen.Select(i => usable[i].Candidate.Distances)]);
        var curve = RocCurve.Of(combined, pairs);
        var calibration = Calibration.Fit(combined, pairs, images);
        var ensemble = new Ensemble
        {
            Name = name,
            Version = version,
            FormedAt = formedAt,
            Members = [.. chosen.Select(i => ToMember(usable[i], weights[i]))],
            Threshold = curve.EqualErrorThreshold,
            PlattA = calibration.Platt.A,
            PlattB = calibration.Platt.B,
            Isotonic = calibration.Isotonic,
            CalibrationCheck = calibration.Check,
            Data = data,
            Validation = curve.ToMetrics(),
        };
        return ensemble with { Parts = EnsembleParts.Calibrate(ensemble, [.. chosen.Select(i => usable[i].Candidate.Distances)], pairs, images) };
    }

    private sealed record Usable(MemberCandidate Candidate, double Threshold, double ValidationEer)
    {
        public float[] Normalised() => Array.ConvertAll(Candidate.Distances, distance => (float)(distance / Threshold));
    }

    /// <summary>The candidates that can be averaged. Keeps only the equal error of each curve: a curve is as large as the distances.</summary>
    private static List<Usable> FindUsable(IReadOnlyList<MemberCandidate> candidates, ImagePair[] pairs)
    {
        var usable = new List<Usable>();
        foreach (var candidate in candidates)
        {
            var curve = RocCurve.Of(candidate.Distances, pairs);
            if (curve.EqualErrorThreshold > 0)
                usable.Add(new Usable(candidate, curve.EqualErrorThreshold, curve.EqualErrorRate));
        }

        return usable.Count > 0 ? usable : throw new ArgumentException("No candidate can be a member.", nameof(candidates));
    }

    private static Member ToMember(Usable usable, double weight) => new()
    {
        Trial = usable.Candidate.Trial,
        Spec = usable.Candidate.Spec,
        WeightsBlob = usable.Candidate.WeightsBlob,
        Threshold = usable.Threshold,
        Weight = weight,
        ValidationEer = usable.ValidationEer,
    };
}

/// <summary>A completed trial that may become a member.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Spec">What was trained.</param>
/// <param name="WeightsBlob">Blob of its weights.</param>
/// <param name="Distances">Its distances of the validation pairs, in their order.</param>
public sealed record MemberCandidate(string Trial, TrialSpec Spec, string WeightsBlob, float[] Distances);
