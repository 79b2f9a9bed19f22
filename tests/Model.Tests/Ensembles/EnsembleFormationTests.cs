using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Ensembles;

public sealed class EnsembleFormationTests
{
    private static readonly DateTimeOffset _noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_ensemble_records_its_members_and_its_validation_metrics()
    {
        var (pairs, candidates) = Candidates(seed: 1, scales: [1, 1, 1]);
        var ensemble = Form(candidates, pairs);

        Assert.Equal(("digits", 3, _noon, DataSource.MnistMini), (ensemble.Name, ensemble.Version, ensemble.FormedAt, ensemble.Data));
        Assert.Equal(1, ensemble.Members.Sum(member => member.Weight), 1e-12);
        Assert.Equal(ensemble.Members.Select(member => member.Weight).OrderDescending(), ensemble.Members.Select(member => member.Weight));
        foreach (var member in ensemble.Members)
        {
            var candidate = candidates.Single(candidate => candidate.Trial == member.Trial);
            var curve = RocCurve.Of(candidate.Distances, pairs);
            Assert.Equal((curve.EqualErrorThreshold, curve.EqualErrorRate), (member.Threshold, member.ValidationEer));
            Assert.Equal((candidate.WeightsBlob, candidate.Spec), (member.WeightsBlob, member.Spec));
        }

        var combined = RocCurve.Of(CombinedDistances.Of(ensemble, MemberDistances(ensemble, candidates)), pairs);
        Assert.Equal(combined.ToMetrics(), ensemble.Validation);
        Assert.Equal(combined.EqualErrorThreshold, ensemble.Threshold);
        Assert.InRange(ensemble.Threshold, 0.8, 1.2);
        Assert.Equal(0.5, new PlattScaling(ensemble.PlattA, ensemble.PlattB).Probability(ensemble.Threshold), 0.1);
    }

    [Fact]
    public void The_scale_of_a_members_distance_does_not_matter()
    {
        var (pairs, candidates) = Candidates(seed: 2, scales: [1, 1, 1]);
        var (_, scaled) = Candidates(seed: 2, scales: [1, 128, 0.25f]);
        var (one, other) = (Form(candidates, pairs), Form(scaled, pairs));

        Assert.Equal(one.Members.Select(member => (member.Trial, member.Weight)), other.Members.Select(member => (member.Trial, member.Weight)));
        Assert.Equal(one.Validation.Eer, other.Validation.Eer, 1e-3);
    }

    [Fact]
    public void It_is_never_worse_on_validation_than_its_best_member()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (pairs, candidates) = Candidates(seed, scales: [1, 2, 3, 4]);
            var best = candidates.Min(candidate => RocCurve.Of(candidate.Distances, pairs).EqualErrorRate);
            Assert.True(Form(candidates, pairs).Validation.Eer <= best + 1e-9);
        }
    }

    [Fact]
    public void A_collapsed_candidate_is_left_out()
    {
        var (pairs, candidates) = Candidates(seed: 3, scales: [1]);
        var collapsed = candidates[0] with { Trial = "collapsed", Distances = new float[pairs.Length] };

        Assert.Equal(["trial-0"], Form([collapsed, .. candidates], pairs).Members.Select(member => member.Trial));
        Assert.Throws<ArgumentException>(() => Form([collapsed], pairs));
        Assert.Throws<ArgumentException>(() => Form([], pairs));
    }

    [Fact]
    public void A_verdict_follows_the_weighted_mean_and_shows_every_vote()
    {
        var ensemble = Two(weights: (0.75, 0.25), thresholds: (2, 0.5)) with { Threshold = 1.1, PlattA = 4, PlattB = -4.4, Isotonic = null };

        var verdict = EnsembleVerdict.Judge(ensemble, [1f, 1f], VerdictTerms.Default); // 0.75 · 1/2 + 0.25 · 1/0.5 = 0.875

        Assert.Equal(Relation.Same, verdict.Relation);
        Assert.Equal(0.875, verdict.Distance, 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(4 * 0.875 - 4.4)), verdict.Probability, 1e-6);
        Assert.Equal(0.7, EnsembleVerdict.Judge(ensemble with { Isotonic = new([0.75f, 1f], [0.8, 0.6]) }, [1f, 1f], VerdictTerms.Default).Probability, 1e-6);
        MemberVote[] votes = [new("trial-0", 1, 2 * 1.1, 0.75, Relation.Same), new("trial-1", 1, 0.5 * 1.1, 0.25, Relation.Different)];
        Assert.Equal(votes, verdict.Votes.AsEnumerable());
        Assert.Equal(Relation.Different, EnsembleVerdict.Judge(ensemble, [1f, 2f], VerdictTerms.Default).Relation);
        Assert.Equal(Relation.Same, EnsembleVerdict.Judge(ensemble with { Threshold = 0.875 }, [1f, 1f], VerdictTerms.Default).Relation); // At the threshold.
    }

    [Theory]
    [InlineData(1, Relation.Same)]
    [InlineData(0.5, Relation.Different)]
    public void Members_vote_by_the_threshold_in_use_and_a_unanimous_vote_is_the_verdict(double threshold, Relation relation)
    {
        var ensemble = Two(weights: (0.75, 0.25), thresholds: (2, 0.5)) with { Threshold = threshold };

        var verdict = EnsembleVerdict.Judge(ensemble, [1.6f, 0.35f], new() { Disagreement = 0.2 });

        Assert.Equal(relation, verdict.Relation);
        Assert.All(verdict.Votes, vote => Assert.Equal(relation, vote.Vote));
        Assert.Empty(verdict.Doubts);
    }

    [Fact]
    public void A_prior_multiplies_the_odds_and_changes_nothing_else()
    {
        var ensemble = Two(weights: (0.75, 0.25), thresholds: (1, 1)) with { Threshold = 1, PlattA = 4, PlattB = -4, Isotonic = null };

        var (even, rare) = (EnsembleVerdict.Judge(ensemble, [0.8f, 0.9f], VerdictTerms.Default), EnsembleVerdict.Judge(ensemble, [0.8f, 0.9f], new() { Prior = 0.01 }));

        Assert.Equal(even.Probability / (1 - even.Probability) / 99, rare.Probability / (1 - rare.Probability), 1e-12);
        Assert.Equal((even.Relation, even.Distance, Answer.Same), (rare.Relation, rare.Distance, rare.Answer));
    }

    [Theory]
    [InlineData(0.5, 0.7, null, Answer.Unsure, "a probability from 50 to 70 % is unsure")]
    [InlineData(0.7, 0.8, null, Answer.Same, null)]
    [InlineData(null, null, 0.25, Answer.Unsure, "members with 25 % of the weight disagree")]
    [InlineData(null, null, 0.3, Answer.Same, null)]
    public void It_is_unsure_in_the_band_and_when_enough_members_disagree(double? from, double? to, double? share, Answer answer, string? doubt)
    {
        // One member votes same with three quarters of the weight, the other votes different; P(same) = 1 / (1 + exp(4 · 0.9 − 4)) = 0.6.
        var ensemble = Two(weights: (0.75, 0.25), thresholds: (1, 1)) with { Threshold = 1, PlattA = 4, PlattB = -4, Isotonic = null };
        var terms = new VerdictTerms { Unsure = from is null ? null : new(from.Value, to!.Value), Disagreement = share };

        var verdict = EnsembleVerdict.Judge(ensemble, [0.8f, 1.2f], terms);

        Assert.Equal((answer, Relation.Same, 0.25), (verdict.Answer, verdict.Relation, verdict.Disagreement));
        Assert.Equal(doubt is null ? [] : [doubt], verdict.Doubts.AsEnumerable());
    }

    [Theory]
    [InlineData(0.5, 0.03, new string[0])]
    [InlineData(0.02, 0.5, new[] { "the first image is unlike all training images: 2 % of validation images are as far from them" })]
    [InlineData(0, 0.01, new[] { "the first image is unlike all training images: 0 % of validation images are as far from them", "the second image is unlike all training images: 1 % of validation images are as far from them" })]
    public void It_is_unsure_of_images_that_look_like_nothing_in_training(double first, double second, string[] doubts)
    {
        var ensemble = Two(weights: (0.75, 0.25), thresholds: (1, 1));

        Assert.Equal(doubts, EnsembleVerdict.Judge(ensemble, [0.8f, 0.9f], new() { Novelty = 0.02 }, new Familiarity(first, second)).Doubts.AsEnumerable());
        Assert.Empty(EnsembleVerdict.Judge(ensemble, [0.8f, 0.9f], VerdictTerms.Default, new Familiarity(first, second)).Doubts);
    }

    [Fact]
    public void Terms_out_of_range_are_refused()
    {
        new VerdictTerms { Version = 1, Prior = 0.99, Unsure = new(0, 1), Disagreement = 0.5 }.Check();
        VerdictTerms[] bad =
        [
            new() { Version = 0 }, new() { Prior = 0 }, new() { Prior = 1 }, new() { Prior = double.NaN },
            new() { Unsure = new(-0.1, 0.5) }, new() { Unsure = new(0.6, 0.5) }, new() { Unsure = new(0.5, double.NaN) },
            new() { Disagreement = 0 }, new() { Disagreement = 0.6 }, new() { Novelty = 0 }, new() { Novelty = 1 },
            new() { MaximumFar = 0 }, new() { MaximumFrr = 1 }, new() { MaximumFar = 0.1, MaximumFrr = 0.1 },
        ];
        Assert.All(bad, terms => Assert.Throws<BadInputException>(terms.Check));
    }

    [Fact]
    public void One_pair_and_many_are_combined_in_the_same_way()
    {
        var (pairs, candidates) = Candidates(seed: 5, scales: [1, 7, 0.3f]);
        var ensemble = Form(candidates, pairs);
        var distances = MemberDistances(ensemble, candidates);
        var combined = CombinedDistances.Of(ensemble, distances);

        for (var i = 0; i < pairs.Length; i++)
            Assert.Equal(combined[i], EnsembleVerdict.Judge(ensemble, [.. distances.Select(member => member[i])], VerdictTerms.Default).Distance);
    }

    [Fact]
    public void Distances_that_do_not_match_the_members_are_refused()
    {
        var ensemble = Two(weights: (0.5, 0.5), thresholds: (1, 1));
        Assert.Throws<ArgumentException>(() => EnsembleVerdict.Judge(ensemble, [1f], VerdictTerms.Default));
        Assert.Throws<ArgumentException>(() => EnsembleVerdict.Judge(ensemble, [1f, float.NaN], VerdictTerms.Default));
        Assert.Throws<ArgumentException>(() => CombinedDistances.Of(ensemble, new float[][] { [1f] }));
        Assert.Throws<ArgumentException>(() => CombinedDistances.Of(ensemble, new float[][] { [1f], [1f, 2f] }));
    }

    private static Ensemble Form(IReadOnlyList<MemberCandidate> candidates, ImagePair[] pairs) =>
        EnsembleFormation.Form("digits", 3, _noon, DataSource.MnistMini, candidates, pairs, pairs.Max(pair => pair.Second) + 1, maximumMembers: 10);

    private static float[][] MemberDistances(Ensemble ensemble, MemberCandidate[] candidates) =>
        [.. ensemble.Members.Select(member => candidates.Single(candidate => candidate.Trial == member.Trial).Distances)];

    private static (ImagePair[] Pairs, MemberCandidate[] Candidates) Candidates(int seed, float[] scales)
    {
        var drawn = scales.Select((_, c) => SomePairs.Drawn(50 * seed + c, same: 300, different: 400)).ToArray();
        return (drawn[0].Pairs,
            [.. scales.Select((scale, c) => new MemberCandidate($"trial-{c}", Spec(c), $"blob-{c}", Array.ConvertAll(drawn[c].Distances, d => scale * d)))]);
    }

    private static Ensemble Two((double, double) weights, (double, double) thresholds)
    {
        var (pairs, candidates) = Candidates(seed: 4, scales: [1, 1]);
        var ensemble = Form(candidates[..1], pairs);
        return ensemble with
        {
            Members =
            [
                ensemble.Members[0] with { Weight = weights.Item1, Threshold = thresholds.Item1 },
                ensemble.Members[0] with { Trial = "trial-1", Weight = weights.Item2, Threshold = thresholds.Item2 },
            ],
        };
    }

    private static TrialSpec Spec(int seed) => new()
    {
        Hyperparameters = new Hyperparameters(),
        DataFingerprint = "data",
        Shard = 0,
        Shards = 1,
        Seed = seed,
        CodeVersion = "code",
    };
}
