using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.References;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Tests.Ensembles;

public sealed class ReferenceDistanceTests
{
    /// <summary>An image, and three references: one member with embeddings of width 2.</summary>
    private static readonly float[] _embeddings = [0, 0, 3, 4, 0, 2, 6, 8];

    [Theory]
    [InlineData(ReferenceRule.Nearest, 2)]
    [InlineData(ReferenceRule.Mean, (5 + 2 + 10) / 3.0)]
    public void The_nearest_and_the_mean_are_those_of_the_distances_to_each_reference(ReferenceRule rule, double expected)
    {
        var distance = new ReferenceDistance(Ensemble(Member(threshold: 1, weight: 1)), [_embeddings]);

        Assert.Equal(expected, distance.Of(rule, 0, [1, 2, 3]), 1e-5);
        Assert.Equal([5, 2, 10], new[] { 1, 2, 3 }.Select(reference => distance.Between(0, reference)));
    }

    [Fact]
    public void A_normal_distribution_has_the_references_mean_and_a_spread_between_theirs_and_that_of_classes()
    {
        var distance = new ReferenceDistance(Ensemble(Member(threshold: 1, weight: 1, spread: [1, 2])), [_embeddings]);

        // x: mean 3, squared differences 0, 9, 9; y: mean 14/3. Four more references with the spread of classes.
        var (meanY, squaresY) = (14 / 3.0, new[] { 4, 2, 8 }.Sum(y => Math.Pow(y - (14 / 3.0), 2)));
        var (x, y) = (9 / ((18 + (4 * 1)) / 7.0), meanY * meanY / ((squaresY + (4 * 4)) / 7.0));
        Assert.Equal(Math.Sqrt((x + y) / 2), distance.Of(ReferenceRule.Gaussian, 0, [1, 2, 3]), 1e-5);
    }

    [Fact]
    public void Members_are_averaged_by_weight_in_units_of_their_thresholds()
    {
        var ensemble = Ensemble(Member(threshold: 1, weight: 0.25), Member(threshold: 4, weight: 0.75));

        Assert.Equal((0.25 * 2) + (0.75 * 2 / 4), new ReferenceDistance(ensemble, [_embeddings, _embeddings]).Of(ReferenceRule.Nearest, 0, [1, 2, 3]), 1e-5);
        Assert.False(ReferenceDistance.HasGaussian(ensemble));
        Assert.True(ReferenceDistance.HasGaussian(Ensemble(Member(1, 1, [1, 1]))));
    }

    [Fact]
    public void Trials_take_references_from_one_class_and_others_only_if_they_are_known_to_be_others()
    {
        // Classes 0–3 and 4–7; image 8 is a forgery of the first class; nothing is known about 8 and the second class.
        List<ImagePair> pairs = [];
        foreach (var first in new[] { 0, 4 })
        {
            for (var a = first; a < first + 4; a++)
            {
                for (var b = first; b < a; b++)
                    pairs.Add(new(a, b, Relation.Same));
                pairs.Add(new(a, (a + 4) % 8, Relation.Different));
            }
        }

        pairs.Add(new(0, 8, Relation.Different));
        var trials = ReferenceTrials.Of(9, [.. pairs]).Draw(references: 3, each: 200, seed: 1);

        Assert.Equal((200, 200), (trials.Count(trial => trial.Relation is Relation.Same), trials.Count(trial => trial.Relation is Relation.Different)));
        foreach (var trial in trials)
        {
            var isFirst = trial.References[0] < 4;
            Assert.All(trial.References, reference => Assert.InRange(reference, isFirst ? 0 : 4, isFirst ? 3 : 7));
            Assert.Equal(3, trial.References.Distinct().Count());
            Assert.DoesNotContain(trial.Image, trial.References);
            Assert.Equal(trial.Relation is Relation.Same, trial.Image < 8 && trial.Image < 4 == isFirst);
            Assert.True(trial.Image != 8 || isFirst);
        }

        Assert.Contains(trials, trial => trial.Image == 8);
        Assert.Empty(ReferenceTrials.Of(9, [.. pairs]).Draw(references: 4, each: 5, seed: 1));
    }

    [Fact]
    public void For_each_number_of_references_the_rule_with_the_lowest_error_is_calibrated()
    {
        // Twelve classes of seven images around points on a line, with noise: several references tell more than one.
        var random = new Random(1);
        const int Classes = 12, Each = 7, Images = Classes * Each;
        float[] embeddings = [.. Enumerable.Range(0, Images).SelectMany(i => new[] { (i / Each) + Noise(), Noise() })];
        var pairs = Enumerable.Range(0, Images).SelectMany(a => Enumerable.Range(0, a).Select(b => new ImagePair(a, b, a / Each == b / Each ? Relation.Same : Relation.Different))).ToArray();

        var fitted = ReferenceFitting.Fit(Ensemble(Member(1, 1)), [embeddings], pairs, Images);

        Assert.Equal([2, 3, 4, 5, 6], fitted.References.Select(calibration => calibration.Count));
        Assert.True(fitted.References[^1].Eer < fitted.References[0].Eer);
        Assert.All(fitted.Members[0].Spread, deviation => Assert.InRange(deviation, 0.3, 0.6));
        foreach (var calibration in fitted.References)
        {
            var trials = ReferenceTrials.Of(Images, pairs).Draw(calibration.Count, 1000, seed: 1);
            var distance = new ReferenceDistance(fitted, [embeddings]);
            foreach (var rule in Enum.GetValues<ReferenceRule>())
            {
                var eer = RocCurve.Of(Array.ConvertAll(trials, trial => distance.Of(rule, trial.Image, trial.References)), Array.ConvertAll(trials, trial => trial.Pair)).EqualErrorRate;
                Assert.True(eer >= calibration.Eer);
                Assert.True(rule != calibration.Rule || eer == calibration.Eer);
            }

            Assert.Equal(Relation.Same, EnsembleVerdict.Judge(calibration, calibration.Threshold * 0.5, VerdictTerms.Default).Relation);
            Assert.InRange(EnsembleVerdict.Judge(calibration, calibration.Threshold, VerdictTerms.Default).Probability, 0.2, 0.8);
        }

        float Noise() => (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 0.9);
    }

    private static Member Member(double threshold, double weight, float[]? spread = null) => new()
    {
        Trial = "trial",
        Spec = new() { Hyperparameters = new() { EmbeddingSize = 2 }, DataFingerprint = "", Shard = 0, Shards = 1, Seed = 1, CodeVersion = "" },
        WeightsBlob = "",
        Threshold = threshold,
        Weight = weight,
        ValidationEer = 0.1,
        Spread = [.. spread ?? []],
    };

    private static Ensemble Ensemble(params Member[] members) => new()
    {
        Name = "some",
        Version = 1,
        FormedAt = DateTimeOffset.UnixEpoch,
        Members = [.. members],
        Threshold = 1,
        PlattA = 1,
        PlattB = -1,
        Data = new DataSource(),
        Validation = new PairMetrics(10, 0.1, 1, 0.9, 0.9, 0.5, 0.4),
    };
}
