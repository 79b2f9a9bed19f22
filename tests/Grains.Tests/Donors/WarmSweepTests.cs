using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Donors;

/// <summary>Sweeps whose trials start from the weights of a trial of another sweep.</summary>
public sealed class WarmSweepTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_trial_starts_from_the_weights_of_another_and_has_its_encoder()
    {
        var (donor, weights) = await Trained("donor", Request(("embedding-size", [16])));

        var warm = await _cluster.Submit("warm", Request(("from", [donor[..10]]), ("margin", [1, 3]), ("freeze", [0, 2])));
        var trainings = new List<Training>();
        for (var trial = 0; trial < 4; trial++)
        {
            trainings.Add(await _cluster.Trainings.Next());
            trainings[^1].End();
        }

        var ended = await TestCluster.Until(warm, SweepPhase.Completed);
        Assert.All(trainings, training => Assert.Equal((weights, "conv", 16), (Start(training).From, Start(training).Encoder, Start(training).EmbeddingSize)));
        Assert.Equal([(1, 0), (1, 2), (3, 0), (3, 2)], trainings.Select(training => ((int)Start(training).Margin!.Value, Start(training).Freeze!.Value)).Order());
        Assert.Equal($"Every trial starts from the weights of trial {donor[..8]}.", ended.Plan!.Remarks[0]);
    }

    [Fact]
    public async Task The_same_request_again_does_nothing_and_another_donor_is_a_conflict()
    {
        var (donor, _) = await Trained("donor", Request());
        var (other, _) = await Trained("other", Request(("margin", [3])));
        var warm = await _cluster.Submit("warm", Request(("from", [donor])));
        (await _cluster.Trainings.Next()).End();
        await TestCluster.Until(warm, SweepPhase.Completed);

        await warm.Submit(Request(("from", [donor])), CancellationToken.None);

        Assert.Single(await _cluster.Trials("warm"));
        foreach (var request in new[] { Request(("from", [other])), Request() })
        {
            var conflict = await Assert.ThrowsAsync<BadInputException>(() => warm.Submit(request, CancellationToken.None));
            Assert.Contains("already exists with other settings", conflict.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Weights_stay_while_a_sweep_starts_from_them()
    {
        var (donor, weights) = await Trained("donor", Request());
        var warm = await _cluster.Submit("warm", Request(("from", [donor])));
        (await _cluster.Trainings.Next()).End();
        await TestCluster.Until(warm, SweepPhase.Completed);

        await _cluster.Sweep("donor").Remove(CancellationToken.None);
        Assert.Empty(await _cluster.Blobs.Missing([weights], CancellationToken.None));
        var more = await _cluster.Submit("more", Request(("margin", [3])));
        (await _cluster.Trainings.Next()).End();
        await TestCluster.Until(more, SweepPhase.Completed);

        Assert.True(await warm.Remove(CancellationToken.None) > 0);
        Assert.Equal(weights, Assert.Single(await _cluster.Blobs.Missing([weights], CancellationToken.None)));
    }

    [Fact]
    public async Task A_trial_that_has_not_finished_is_refused()
    {
        await _cluster.Submit("donor", Request());
        var running = await _cluster.Trainings.Next();

        await Refuses("has not finished, so it has no weights yet", ("from", [running.Lease.Trial]));
        running.End(TrialStatus.Failed);
    }

    [Fact]
    public async Task A_trial_without_usable_weights_is_refused()
    {
        var sweep = await _cluster.Submit("donor", Request());
        var training = await _cluster.Trainings.Next();
        training.End(Some.Result(TrialStatus.Unusable, reason: "collapsed"));
        await TestCluster.Until(sweep, SweepPhase.Completed);

        await Refuses($"trial {training.Lease.Trial[..8]} ended without usable weights (collapsed)", ("from", [training.Lease.Trial]));
    }

    [Fact]
    public async Task An_unknown_or_ambiguous_donor_is_refused()
    {
        // Of 17 ids, two start with the same digit.
        var sweep = await _cluster.Submit("donor", new SweepRequest { Space = new(), Seeds = [.. Enumerable.Range(1, 17)] });
        var ids = new List<string>();
        for (var trial = 0; trial < 17; trial++)
        {
            var training = await _cluster.Trainings.Next();
            training.End(Some.Result() with { WeightsBlob = await _cluster.Blobs.Put([(byte)trial], CancellationToken.None) });
            ids.Add(training.Lease.Trial);
        }

        await TestCluster.Until(sweep, SweepPhase.Completed);
        var (digit, times) = ids.CountBy(id => id[..1]).First(start => start.Value > 1);

        await Refuses($"'from': '{digit}' matches {times} trials; give more of the id.", ("from", [digit]));
        await Refuses("'from': there is no ensemble 'nothing', and no trial whose id starts so.", ("from", ["nothing"]));
        await Refuses("There is no ensemble 'nothing'", ("from", ["nothing@2"]));
        await Refuses("'nothing@new' is not an ensemble", ("from", ["nothing@new"]));
        await Refuses("'from': 'no/name' is not a name", ("from", ["no/name"]));
        await Refuses("name one ensemble or trial", ("from", [ids[0], ids[1]]));
    }

    [Fact]
    public async Task Another_encoder_and_stages_that_cannot_be_frozen_are_refused()
    {
        var (donor, _) = await Trained("donor", Request());

        await Refuses($"The weights of 'from' {donor} have 'encoder' conv, not article,residual; 'embedding-size' 32, not 8.", ("from", [donor]), ("encoder", ["article", "conv", "residual"]), ("embedding-size", [8]));
        await Refuses("The encoder 'conv' has 3 stages that can be frozen, and 'freeze' is 4; use 3 or less.", ("from", [donor]), ("freeze", [0, 4]));
        await Refuses("'freeze' would have no effect, because it applies only to trials that start 'from' other weights.", ("freeze", [1]));
        await Refuses("'points' would have no effect", ("from", [donor]), ("points", [64]));
    }

    private static SweepRequest Request(params ReadOnlySpan<(string Hyperparameter, ImmutableArray<HyperparameterValue> Values)> dimensions) =>
        new() { Space = SearchSpace.Of(dimensions) };

    private static Hyperparameters Start(Training training) => training.Lease.Spec.Hyperparameters;

    /// <summary>A completed sweep of one trial.</summary>
    private async Task<(string Trial, string Weights)> Trained(string sweep, SweepRequest request)
    {
        var submitted = await _cluster.Submit(sweep, request);
        var training = await _cluster.Trainings.Next();
        var weights = await _cluster.Blobs.Put(Some.Bytes(100 + sweep.Length + sweep[0]), CancellationToken.None);
        training.End(Some.Result() with { WeightsBlob = weights });
        await TestCluster.Until(submitted, SweepPhase.Completed);
        return (training.Lease.Trial, weights);
    }

    private async Task Refuses(string why, params (string Hyperparameter, ImmutableArray<HyperparameterValue> Values)[] dimensions)
    {
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => _cluster.Submit("refused", Request(dimensions)));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(SweepPhase.Unknown, (await _cluster.Sweep("refused").GetProgress(0, CancellationToken.None)).Phase);
    }
}
