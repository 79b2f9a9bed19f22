using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Tests.Ensembles;

public sealed class EnsemblePartsTests
{
    private const int Images = 40;

    private static readonly ImagePair[] _pairs = [.. Enumerable.Range(0, Images).SelectMany(a => Enumerable.Range(0, a).Select(b => new ImagePair(a, b, a % 4 == b % 4 ? Relation.Same : Relation.Different)))];

    [Fact]
    public void A_part_has_its_members_with_weights_that_sum_to_1_and_its_own_threshold_and_calibration()
    {
        var ensemble = Formed("conv", "strokes", "tdnn");
        var part = EnsembleParts.Only(ensemble, InputKinds.Strokes);

        Assert.Equal(InputKinds.Both, EnsembleParts.InputsOf(ensemble));
        Assert.Equal(["strokes", "tdnn"], part.Members.Select(member => member.Spec.Hyperparameters.Encoder).Order());
        Assert.Equal(1, part.Members.Sum(member => member.Weight), 1e-9);
        // As if it had been formed of these members alone.
        var distances = part.Members.Select(member => Distances(member.Trial)).ToArray();
        var combined = CombinedDistances.Of(part, distances);
        Assert.Equal(RocCurve.Of(combined, _pairs).EqualErrorThreshold, part.Threshold);
        var calibration = Calibration.Fit(combined, _pairs, Images);
        Assert.Equal((calibration.Platt.A, calibration.Platt.B), (part.PlattA, part.PlattB));
        Assert.NotEqual(ensemble.Threshold, part.Threshold);
    }

    [Fact]
    public void An_ensemble_whose_members_take_the_same_has_no_parts()
    {
        var ensemble = Formed("conv", "residual");

        Assert.Empty(ensemble.Parts);
        Assert.Same(ensemble, EnsembleParts.Only(ensemble, InputKinds.Images));
    }

    private static Ensemble Formed(params string[] encoders) => EnsembleFormation.Form(
        "mixed", 1, DateTimeOffset.UnixEpoch, new DataSource(), [.. encoders.Select(encoder => new MemberCandidate(encoder, Spec(encoder), encoder, Distances(encoder)))], _pairs, Images, 10);

    private static TrialSpec Spec(string encoder) => new()
    {
        Hyperparameters = new() { Encoder = encoder },
        DataFingerprint = "data",
        Shard = 0,
        Shards = 1,
        Seed = 1,
        CodeVersion = "code",
    };

    /// <summary>Distances that tell *same* from *different* in most pairs, each encoder with errors of its own.</summary>
    private static float[] Distances(string encoder)
    {
        var random = new Random(encoder.Sum(letter => letter));
        return Array.ConvertAll(_pairs, pair => (float)((pair.Relation is Relation.Same ? 0.4 : 1) + (encoder.Length / 50.0) + random.NextDouble()));
    }
}
