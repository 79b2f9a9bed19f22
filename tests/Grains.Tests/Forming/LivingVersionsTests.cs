using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Ensembles;

namespace Siamese.Grains.Tests.Forming;

/// <summary>A sweep has an ensemble as soon as its first member has finished.</summary>
public sealed class LivingVersionsTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>
{
    [Fact]
    public async Task A_sweep_in_training_has_a_version_that_gives_verdicts_and_is_kept()
    {
        // The first two have been trained; the third is still running.
        var sweep = await formed.Cluster.Submit("living", formed.Request with { Seeds = [1, 2, 3], Retries = 0 });
        var training = await formed.Cluster.Trainings.Next();
        var running = await TestCluster.Until(sweep, progress => progress.Newest is not null);
        var images = await Images();
        var early = await Judge(images);

        Assert.Equal((SweepPhase.Running, 1, "living"), (running.Phase, running.Newest!.Version, running.Ensemble));
        await TestCluster.Until(async () => (await formed.Cluster.Board.List(default)).Any(entry => entry is { Sweep: "living", HasEnsemble: true, Phase: SweepPhase.Running }));
        var first = Assert.Single(await Ensemble.GetVersions(default));
        Assert.Null(first.Test);
        Assert.Equal(formed.Ended.Result!.Ensemble.Ensemble.Members.Select(Part), first.Ensemble.Members.Select(Part));
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => Judge(images, new() { Novelty = 0.1 }));
        Assert.Contains("formed while its sweep still trained", refusal.Message, StringComparison.Ordinal);

        training.Fail(new InvalidOperationException("a bad day"));
        var ended = await TestCluster.Until(sweep, SweepPhase.Completed);
        await formed.Cluster.Lose(Ensemble);

        Assert.Equal((2, 2), (ended.Newest!.Version, ended.Result!.Ensemble.Ensemble.Version));
        Assert.Equal([false, true], (await Ensemble.GetVersions(default)).Select(version => version.Test is not null));
        var replayed = await Judge(images, new() { Version = 1 });
        Assert.Equal((1, early.Distance, early.Threshold, early.Probability), (replayed.Version, replayed.Distance, replayed.Threshold, replayed.Probability));
    }

    [Fact]
    public async Task A_version_equal_to_the_newest_is_not_stored()
    {
        var versions = await formed.Ensemble.GetVersions(default);
        var order = formed.Order(isFinal: false);
        await formed.Ensemble.Form(order, default);
        await Formed();
        Assert.Equal(versions.Length, (await formed.Ensemble.GetVersions(default)).Length);

        await formed.Ensemble.Form(order with { MaximumMembers = 1 }, default);
        await Formed();
        Assert.Single((await formed.Ensemble.GetNewest(default))!.Ensemble.Members);
    }

    private IEnsembleVersions Ensemble => formed.Cluster.Client.GetGrain<IEnsembleVersions>("living");

    private Task<Verdict> Judge(ImageFile[] images, VerdictTerms? terms = null) =>
        formed.Verdicts("living").Judge(images[0], images[1], terms ?? VerdictTerms.Default, default);

    private Task Formed() => TestCluster.Until(async () => !(await formed.Ensemble.GetForming(default)).IsUnderWay);

    private async Task<ImageFile[]> Images() =>
    [
        .. (await formed.Cluster.Client.GetGrain<ISampleGrain>(0).Draw(formed.Source, 4, 1, default)).Where((_, i) => i is 0 or 3)
            .Select(sample => new ImageFile("sample.png", sample.File)),
    ];

    private static (string, double) Part(Member member) => (member.WeightsBlob, member.Weight);
}
