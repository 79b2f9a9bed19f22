using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Ensembles;

/// <summary>The ensemble of finished trials, and its verdicts.</summary>
public sealed class EnsembleTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>
{
    [Fact]
    public void The_sweep_ends_with_an_ensemble_measured_on_test_pairs()
    {
        var result = formed.Ended.Result!;

        Assert.Equal(FormedEnsemble.Name, formed.Ended.Ensemble);
        Assert.Null(formed.Ended.Problem);
        Assert.Equal(60 * 59 / 2, result.TestPairs);
        Assert.InRange(result.Test.Eer, 0.01, 0.5);
        Assert.Equal(result.Test, result.Ensemble.Test);
        Assert.Equal(60, result.Intervals!.Images);
        Assert.InRange(result.Test.Eer, result.Intervals.Ensemble.Low, result.Intervals.Ensemble.High);
        Assert.InRange(result.Intervals.CalibrationError, 0, result.Intervals.Calibration.High);
        Assert.InRange(result.BestMemberTest.Eer, result.Intervals.BestMember.Low, result.Intervals.BestMember.High);
        Assert.Contains(result.BestMember, formed.Ended.Ended.Select(trial => trial.Trial));
        Assert.Equal(
            formed.Ended.Ended.MinBy(trial => trial.Result!.Validation!.Eer)!.Trial, result.BestMember);
    }

    [Fact]
    public async Task The_board_shows_the_ensemble_and_when_it_was_formed()
    {
        await TestCluster.Until(async () => (await formed.Cluster.Board.List(default)).Single(e => e.Sweep == FormedEnsemble.Name).HasEnsemble);
        var entry = (await formed.Cluster.Board.List(default)).Single(e => e.Sweep == FormedEnsemble.Name);

        Assert.Equal(formed.Ended.Result!.Ensemble.Ensemble.FormedAt, entry.FormedAt);
    }

    [Fact]
    public async Task An_ensemble_survives_the_loss_of_its_memory()
    {
        var before = (await formed.Ensemble.GetNewest(default))!;
        await formed.Cluster.Lose(formed.Ensemble);
        var after = (await formed.Ensemble.GetNewest(default))!;

        Assert.Equal((FormedEnsemble.Name, before.Ensemble.Version), (after.Ensemble.Name, after.Ensemble.Version));
        Assert.Equal(before.Ensemble.Members.AsEnumerable(), after.Ensemble.Members);
        Assert.Equal(before.Test, after.Test);
    }

    [Fact]
    public async Task Every_version_is_kept_and_gives_verdicts()
    {
        var images = await Samples(4);
        await formed.Cluster.Lose(formed.Ensemble);

        var versions = await formed.Ensemble.GetVersions(default);
        Assert.Equal([1], versions.Select(version => version.Ensemble.Version));
        Assert.Equal(versions[0].Ensemble.Members.AsEnumerable(), (await formed.Ensemble.GetVersion(1, default))!.Ensemble.Members);
        Assert.Null(await formed.Ensemble.GetVersion(2, default));

        var (newest, first) = (await formed.Verdicts().Judge(images[0], images[3], VerdictTerms.Default, default), await formed.Verdicts().Judge(images[0], images[3], new() { Version = 1 }, default));
        Assert.Equal((newest.Distance, newest.Version), (first.Distance, first.Version));
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => formed.Verdicts().Judge(images[0], images[3], new() { Version = 2 }, default));
        Assert.Contains("its newest is 1", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BadInputException>(() => formed.Verdicts().Judge(images[0], images[3], new() { Prior = 2 }, default));
    }

    [Fact]
    public async Task A_threshold_can_be_chosen_by_an_error_rate_that_the_validation_pairs_support()
    {
        var images = await Samples(4);

        var verdict = await formed.Verdicts().Judge(images[0], images[3], new() { MaximumFar = 0.2 }, default);
        var again = await formed.Verdicts().Judge(images[0], images[3], new() { MaximumFar = 0.2 }, default);

        Assert.Equal(verdict.Threshold, verdict.OperatingPoint!.Threshold);
        Assert.InRange(verdict.OperatingPoint.Far, 0.1, 0.2);
        Assert.Equal(verdict.OperatingPoint, again.OperatingPoint);
        Assert.Equal(verdict.Distance <= verdict.Threshold ? Answer.Same : Answer.Different, verdict.Answer);
        Assert.Null((await formed.Verdicts().Judge(images[0], images[3], VerdictTerms.Default, default)).OperatingPoint);
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => formed.Verdicts().Judge(images[0], images[3], new() { MaximumFar = 0.0001 }, default));
        Assert.Contains("it needs 300,000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Similarity_to_the_training_images_is_reported_on_request()
    {
        var images = await Samples(4);

        var verdict = await formed.Verdicts().Judge(images[0], images[3], new() { Novelty = 0.5 }, default);

        Assert.InRange(verdict.Familiarity!.First, 0, 1);
        Assert.Equal(verdict.Familiarity.First <= 0.5 || verdict.Familiarity.Second <= 0.5, verdict.Answer is Answer.Unsure);
        Assert.Null((await formed.Verdicts().Judge(images[0], images[3], VerdictTerms.Default, default)).Familiarity);
        // In a call with many pairs, each image has its own familiarity.
        var answers = await formed.Verdicts().JudgeAll([images[3], images[0]], [new(0, 1), new(1, 1)], new() { Novelty = 0.5 }, default);
        Assert.Equal(verdict.Familiarity.Second, answers[0].Verdict!.Familiarity!.First);
        Assert.Equal(answers[1].Verdict!.Familiarity!.First, answers[1].Verdict!.Familiarity!.Second);
    }

    [Fact]
    public async Task An_image_compared_with_itself_is_the_same()
    {
        var image = (await Samples(2))[0];

        var verdict = await formed.Verdicts().Judge(image, image with { Name = "again.png" }, VerdictTerms.Default, default);

        Assert.Equal(Relation.Same, verdict.Relation);
        Assert.InRange(verdict.Distance, 0, 1e-3);
        Assert.True(verdict.Probability > 0.5);
    }

    [Fact]
    public async Task A_verdict_says_where_it_comes_from()
    {
        var images = await Samples(4);
        var ensemble = (await formed.Ensemble.GetNewest(default))!.Ensemble;

        var verdict = await formed.Verdicts().Judge(images[0], images[3], VerdictTerms.Default, default);

        Assert.Equal((FormedEnsemble.Name, 1, ensemble.Threshold), (verdict.Ensemble, verdict.Version, verdict.Threshold));
        Assert.Equal(ensemble.Members.Select(m => (m.Trial, m.Threshold * ensemble.Threshold, m.Weight)), verdict.Members.Select(v => (v.Trial, v.Threshold, v.Weight)));
        Assert.All(verdict.Members, vote => Assert.Equal(vote.Distance <= vote.Threshold ? Relation.Same : Relation.Different, vote.Vote));
        Assert.Equal(verdict.Members.Sum(vote => vote.Weight * vote.Distance / vote.Threshold), verdict.Distance / verdict.Threshold, 1e-5);
        Assert.Equal(verdict.Distance <= verdict.Threshold ? Relation.Same : Relation.Different, verdict.Relation);
        Assert.InRange(verdict.Probability, 0, 1);
    }

    [Fact]
    public async Task A_verdict_does_not_depend_on_the_order_of_the_images_or_on_concurrent_calls()
    {
        var images = await Samples(4);
        var alone = await formed.Verdicts().Judge(images[0], images[2], VerdictTerms.Default, default);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            i % 2 == 0 ? formed.Verdicts().Judge(images[0], images[2], VerdictTerms.Default, default) : formed.Verdicts().Judge(images[2], images[0], VerdictTerms.Default, default)));

        Assert.All(verdicts, verdict => Assert.Equal(alone.Distance, verdict.Distance, 1e-5));
        Assert.All(verdicts, verdict => Assert.Equal(alone.Relation, verdict.Relation));
    }

    [Fact]
    public async Task An_unknown_ensemble_is_bad_input()
    {
        var image = (await Samples(2))[0];

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => formed.Verdicts("nothing").Judge(image, image, VerdictTerms.Default, default));

        Assert.Contains("There is no ensemble 'nothing'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_image_is_bad_input_and_named()
    {
        var image = (await Samples(2))[0];
        var broken = new ImageFile("broken.png", [.. image.Bytes.Take(image.Bytes.Length / 2)]);

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => formed.Verdicts().Judge(image, broken, VerdictTerms.Default, default));

        Assert.Contains("broken.png", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_always_draws_the_same_samples_two_of_each_class()
    {
        var grain = formed.Cluster.Client.GetGrain<ISampleGrain>(0);
        var one = await grain.Draw(formed.Source, 20, 1, default);
        var again = await grain.Draw(formed.Source, 20, 1, default);
        var other = await grain.Draw(formed.Source, 20, 2, default);

        Assert.Equal(one.Select(sample => (sample.Label, sample.Index)), again.Select(sample => (sample.Label, sample.Index)));
        Assert.NotEqual(one.Select(sample => sample.Index), other.Select(sample => sample.Index));
        Assert.Equal(10, one.Select(sample => sample.Label).Distinct().Count());
        Assert.All(one.Chunk(2), two => Assert.Equal(two[0].Label, two[1].Label));
    }

    [Fact]
    public async Task More_samples_than_test_images_are_refused() => Assert.Contains(
        "has 60 test images",
        (await Assert.ThrowsAsync<BadInputException>(
            () => formed.Cluster.Client.GetGrain<ISampleGrain>(0).Draw(formed.Source, 61, 1, default))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task An_ensemble_that_could_not_be_stored_is_formed_again()
    {
        var failures = 0;
        formed.Cluster.Stored.FailsToWrite = (name, _) => name == "ensemble" && Interlocked.Increment(ref failures) == 1;

        var ended = await TestCluster.Until(await formed.Cluster.Submit("again", formed.Request), SweepPhase.Completed);

        Assert.Equal(2, failures);
        Assert.Null(ended.Problem);
        Assert.Equal(formed.Ended.Result!.Test, ended.Result!.Test);
        Assert.Equal(1, (await formed.Cluster.Client.GetGrain<IEnsembleGrain>("again").GetNewest(default))!.Ensemble.Version);
        Assert.All(ended.Ended, trial => Assert.True(trial.Reused));
    }

    private async Task<ImageFile[]> Samples(int count) =>
    [
        .. (await formed.Cluster.Client.GetGrain<ISampleGrain>(0).Draw(formed.Source, count, 1, default))
            .Select(sample => new ImageFile($"{sample.Label}-{sample.Index}.png", sample.File)),
    ];
}
