using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;

namespace Siamese.Model.Ensembles;

/// <summary>The parts of an ensemble that take images, and pen strokes.</summary>
public static class EnsembleParts
{
    /// <summary>What its members take.</summary>
    public static InputKinds InputsOf(Ensemble ensemble) => ensemble.Members.Aggregate(default(InputKinds), (all, member) => all | InputOf(member));

    /// <summary>What a member takes.</summary>
    public static InputKinds InputOf(Member member) => Encoders.InputOf(member.Spec.Hyperparameters).Kind;

    /// <summary>An ensemble with only some of its members, whose weights are rescaled to sum to 1.</summary>
    public static Ensemble Of(Ensemble ensemble, IReadOnlyCollection<Member> members)
    {
        var weight = members.Sum(member => member.Weight);
        return ensemble with { Members = [.. members.Select(member => member with { Weight = member.Weight / weight })] };
    }

    /// <summary>
    /// The members that take some kinds, with weights that sum to 1 and the calibration of that part. An ensemble whose parts were not
    /// calibrated keeps its own: distances are in units of members' thresholds, so the mean over fewer members is on the same scale.
    /// </summary>
    /// <param name="ensemble">The ensemble; at least one of its members takes one of the kinds.</param>
    /// <param name="kinds">What a pair is there as.</param>
    public static Ensemble Only(Ensemble ensemble, InputKinds kinds)
    {
        Member[] members = [.. ensemble.Members.Where(member => kinds.HasFlag(InputOf(member)))];
        if (members.Length == ensemble.Members.Length)
            return ensemble;
        var part = Of(ensemble, members) with { Recalibration = null };
        return ensemble.Parts.FirstOrDefault(calibrated => calibrated.Inputs == kinds) is { } own
            ? part with { Threshold = own.Threshold, PlattA = own.PlattA, PlattB = own.PlattB, Isotonic = own.Isotonic }
            : part;
    }

    /// <summary>Calibrates the parts of an ensemble; empty if all members take the same kind.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="distances">The validation pairs' distances, one array for each member, in the members' order.</param>
    /// <param name="pairs">The validation pairs.</param>
    /// <param name="images">Number of validation images.</param>
    internal static ImmutableArray<PartCalibration> Calibrate(Ensemble ensemble, IReadOnlyList<float[]> distances, ImagePair[] pairs, int images)
    {
        return InputsOf(ensemble) is not InputKinds.Both ? [] : [Of(InputKinds.Images), Of(InputKinds.Strokes)];

        PartCalibration Of(InputKinds kind)
        {
            var combined = CombinedDistances.Of(Only(ensemble, kind), [.. distances.Where((_, m) => InputOf(ensemble.Members[m]) == kind)]);
            var calibration = Calibration.Fit(combined, pairs, images);
            return new(kind, RocCurve.Of(combined, pairs).EqualErrorThreshold, calibration.Platt.A, calibration.Platt.B, calibration.Isotonic);
        }
    }
}
