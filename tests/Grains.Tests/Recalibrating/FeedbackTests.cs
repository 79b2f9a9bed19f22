using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Grains.Recalibrating;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Ensembles;

namespace Siamese.Grains.Tests.Recalibrating;

/// <summary>Feedback on verdicts leads to a recalibrated version.</summary>
public sealed class FeedbackTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>
{
    private static readonly VerdictMarks _marks = new(new SomeSigner());

    [Fact]
    public async Task Feedback_is_stored_and_recalibrates_and_drift_is_on_the_board()
    {
        var verdicts = await Verdicts();
        var before = (await formed.Ensemble.GetNewest(default))!.Ensemble;
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => formed.Ensemble.PreviewRecalibration([], default));
        Assert.Contains("takes 10 of each", refusal.Message, StringComparison.Ordinal);

        // The feedback calls the nearest pairs different and the farthest the same: the verdicts could not be more wrong.
        Feedback[] wrong =
        [
            .. verdicts.OrderBy(verdict => verdict.Distance).Take(15).Select(verdict => new Feedback(verdict.Id!, Relation.Different)),
            .. verdicts.OrderByDescending(verdict => verdict.Distance).Take(15).Select(verdict => new Feedback(verdict.Id!, Relation.Same)),
        ];
        await formed.Ensemble.GiveFeedback([.. wrong], default);
        await formed.Cluster.Lose(formed.Ensemble);
        var tally = await formed.Ensemble.GiveFeedback([.. wrong], default);

        Assert.Equal((15, 15, 0), (tally.Same, tally.Different, tally.Elsewhere));
        Assert.Equal([Relation.Same, Relation.Different], tally.Drifts.Select(drift => drift.Kind));
        var entry = (await formed.Cluster.Board.List(default)).Single(entry => entry.Sweep == FormedEnsemble.Name);
        Assert.Equal(tally.Drifts.AsEnumerable(), entry.Drifts);

        var effect = await formed.Ensemble.PreviewRecalibration([], default);
        Assert.Equal((before.Version, before.Threshold, 30, 30, false), (effect.Version, effect.ThresholdBefore, effect.Judged, effect.WrongBefore, effect.IsNone));
        Assert.NotNull(effect.Changed);
        var stale = await Assert.ThrowsAsync<BadInputException>(() => formed.Ensemble.Recalibrate([], effect.Found with { Same = 14 }, default));
        Assert.Contains("Look at the effect again", stale.Message, StringComparison.Ordinal);
        Assert.Equal(before.Version, (await formed.Ensemble.GetNewest(default))!.Ensemble.Version);

        var made = (await formed.Ensemble.Recalibrate([], effect.Found, default)).Version!.Ensemble;
        var again = (await formed.Ensemble.Recalibrate([], effect.Found, default)).Version!.Ensemble;
        Assert.Equal(effect.ThresholdAfter, made.Threshold);
        Assert.Equal((before.Version + 1, before.Version + 1), (made.Version, again.Version));
        Assert.True(made.Recalibration!.Slope < 1, $"{made.Recalibration}");
        Assert.Equal(before.Members.AsEnumerable(), made.Members);
        Assert.Empty((await formed.Cluster.Board.List(default)).Single(entry => entry.Sweep == FormedEnsemble.Name).Drifts);

        // The previous version is unchanged.
        var images = await Images(2);
        var (old, corrected) = (await Judge(images, before.Version), await Judge(images, made.Version));
        Assert.Equal(old.Distance, corrected.Distance, 1e-5);
        Assert.NotEqual(old.Probability, corrected.Probability, 1e-6);

        // Formed again from the same members, it keeps the recalibration.
        await formed.Ensemble.Form(formed.Order(isFinal: true), default);
        await TestCluster.Until(async () => !(await formed.Ensemble.GetForming(default)).IsUnderWay);
        var versions = (await formed.Ensemble.GetVersions(default)).Select(version => version.Ensemble).ToArray();
        Assert.Equal([made.Version + 1, made.Version + 2], versions[^2..].Select(version => version.Version));
        Assert.Null(versions[^2].Recalibration);
        Assert.Equal((made.Recalibration, made.Threshold), (versions[^1].Recalibration, versions[^1].Threshold));
    }

    [Fact]
    public async Task More_feedback_than_one_call_allows_is_refused()
    {
        var id = _marks.Write(new VerdictId(FormedEnsemble.Name, 1, 0.5f, 1));

        var refusal = await Assert.ThrowsAsync<BadInputException>(
            () => formed.Ensemble.GiveFeedback([.. Enumerable.Repeat(new Feedback(id, Relation.Same), IEnsembleGrain.MaximumFeedback + 1)], default));
        Assert.Contains("send at most 10000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feedback_on_a_verdict_of_an_unknown_version_is_refused()
    {
        var id = _marks.Write(new VerdictId(FormedEnsemble.Name, 99, 0.5f, 1));

        await Assert.ThrowsAsync<BadInputException>(() => formed.Ensemble.GiveFeedback([new(id, Relation.Same)], default));
        await Assert.ThrowsAsync<BadInputException>(() => formed.Cluster.Client.GetGrain<IEnsembleGrain>("none").GiveFeedback([new(id, Relation.Same)], default));
    }

    [Fact]
    public async Task Verdict_ids_of_the_same_images_differ_only_in_the_distance()
    {
        var images = await Images(2);
        var (once, again, turned) = (await Judge(images, null), await Judge(images, null), await Judge([images[1], images[0]], null));

        Assert.Equal(VerdictId.Parse(once.Id!).Id.Pair, VerdictId.Parse(again.Id!).Id.Pair);
        Assert.NotEqual(VerdictId.Parse(once.Id!).Id.Pair, VerdictId.Parse(turned.Id!).Id.Pair);
        Assert.Equal((FormedEnsemble.Name, once.Version, (float)once.Distance), (VerdictId.Parse(once.Id!).Id.Ensemble, VerdictId.Parse(once.Id!).Id.Version, VerdictId.Parse(once.Id!).Id.Distance));
    }

    private async Task<List<Verdict>> Verdicts()
    {
        var images = await Images(16);
        var pairs = Enumerable.Range(0, 16).SelectMany(i => Enumerable.Range(i + 1, 15 - i).Select(j => new PairOfImages(i, j)));
        return [.. (await formed.Verdicts().JudgeAll([.. images], [.. pairs], VerdictTerms.Default, default)).Select(answer => answer.Verdict!)];
    }

    private Task<Verdict> Judge(ImageFile[] images, int? version) => formed.Verdicts().Judge(images[0], images[1], new() { Version = version }, default);

    private async Task<ImageFile[]> Images(int count) =>
    [
        .. (await formed.Cluster.Client.GetGrain<ISampleGrain>(0).Draw(formed.Source, count, 1, default))
            .Select(sample => new ImageFile($"{sample.Label}-{sample.Index}.png", sample.File)),
    ];
}
