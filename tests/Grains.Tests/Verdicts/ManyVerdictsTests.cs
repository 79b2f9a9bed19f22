using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Ensembles;
using Siamese.Grains.Threads;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data.Images;
using Siamese.Model.Distances;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Grains.Tests.Verdicts;

/// <summary>Many pairs in one call, and many concurrent calls.</summary>
public sealed class ManyVerdictsTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>
{
    [Fact]
    public async Task Each_pair_gets_its_own_answer_in_order()
    {
        var images = await Samples(12);
        ImmutableArray<PairOfImages> pairs = [.. Enumerable.Range(0, 30).Select(i => new PairOfImages(i * 5 % 12, i * 7 % 12))];

        var answers = await formed.Verdicts().JudgeAll([.. images], pairs, VerdictTerms.Default, default);

        Assert.Equal(pairs.Length, answers.Length);
        foreach (var (pair, answer) in pairs.Zip(answers))
            Same(await formed.Verdicts().Judge(images[pair.First], images[pair.Second], VerdictTerms.Default, default), answer.Verdict!);
    }

    [Fact]
    public async Task A_verdict_equals_that_of_the_trained_encoders()
    {
        var images = await Samples(10);
        var ensemble = (await formed.Ensemble.GetNewest(default))!.Ensemble;
        var expected = await OwnThread.Run(() => Plainly(ensemble, images), default);

        var answers = await formed.Verdicts().JudgeAll([.. images], [.. Enumerable.Range(1, 9).Select(i => new PairOfImages(0, i))], VerdictTerms.Default, default);

        Assert.All(expected.Zip(answers), pair => Assert.Equal(pair.First, pair.Second.Verdict!.Distance, 1e-5));
    }

    [Fact]
    public async Task Concurrent_callers_each_get_their_own_answers()
    {
        var images = await Samples(20);
        var alone = new Verdict[10];
        for (var i = 0; i < alone.Length; i++)
            alone[i] = await formed.Verdicts().Judge(images[i], images[19 - i], VerdictTerms.Default, default);

        var singles = Task.WhenAll(Enumerable.Range(0, 40).Select(i => formed.Verdicts().Judge(images[i % 10], images[19 - (i % 10)], VerdictTerms.Default, default)));
        var many = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => formed.Verdicts().JudgeAll(
            [.. images], [.. Enumerable.Range(0, 10).Select(i => new PairOfImages(19 - i, i))], VerdictTerms.Default, default)));

        foreach (var (verdict, i) in (await singles).Select((verdict, i) => (verdict, i)))
            Same(alone[i % 10], verdict);
        foreach (var answers in many)
            Assert.All(alone.Zip(answers), pair => Same(pair.First, pair.Second.Verdict!));
    }

    [Fact]
    public async Task An_unreadable_image_affects_only_its_own_pairs_and_is_named()
    {
        var images = await Samples(3);
        var broken = new ImageFile("broken.png", [.. images[2].Bytes.Take(images[2].Bytes.Length / 2)]);
        ImmutableArray<PairOfImages> pairs = [new(0, 1), new(1, 2), new(2, 2), new(1, 0)];

        var answers = await formed.Verdicts().JudgeAll([images[0], images[1], broken], pairs, VerdictTerms.Default, default);

        Same(await formed.Verdicts().Judge(images[0], images[1], VerdictTerms.Default, default), answers[0].Verdict!);
        Same(answers[0].Verdict!, answers[3].Verdict!);
        foreach (var spoilt in answers[1..3])
        {
            Assert.Null(spoilt.Verdict);
            Assert.Contains("broken.png", spoilt.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_call_with_only_unreadable_images_is_answered()
    {
        var answers = await formed.Verdicts().JudgeAll([new ImageFile("empty.png", [])], [new(0, 0)], VerdictTerms.Default, default);

        Assert.Contains("empty.png is empty", answers.Single().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_call_gets_no_verdicts() =>
        Assert.Empty(await formed.Verdicts().JudgeAll([], [], VerdictTerms.Default, default));

    [Fact]
    public async Task A_call_that_exceeds_a_limit_is_refused()
    {
        var image = (await Samples(2))[0];
        var pairs = Enumerable.Repeat(new PairOfImages(0, 0), IVerdictGrain.MaximumPairs + 1).ToImmutableArray();
        var large = new ImageFile("large.png", ImmutableArray.Create(new byte[ImageFile.MaximumBytes]));

        await Refused("257 pairs", [image], pairs);
        await Refused("60.0 MB", [large, large, large], [new(0, 1)]);
        await Refused("images 0 and 1, but the call contains only 1", [image], [new(0, 1)]);
        await Refused("images -1 and 0, but the call contains only 1", [image], [new(-1, 0)]);
        Assert.Equal(256, (await formed.Verdicts().JudgeAll([image], pairs[1..], VerdictTerms.Default, default)).Length);
    }

    [Fact]
    public async Task A_removed_ensemble_gives_no_verdicts()
    {
        var image = (await Samples(2))[0];
        await formed.Cluster.Submit("doomed", formed.Request);
        await TestCluster.Until(formed.Cluster.Sweep("doomed"), SweepPhase.Completed);
        await formed.Verdicts("doomed").Judge(image, image, VerdictTerms.Default, default);

        await formed.Cluster.Sweep("doomed").Remove(default);

        await Assert.ThrowsAsync<BadInputException>(() => formed.Verdicts("doomed").Judge(image, image, VerdictTerms.Default, default));
    }

    private async Task Refused(string why, ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs) => Assert.Contains(
        why, (await Assert.ThrowsAsync<BadInputException>(() => formed.Verdicts().JudgeAll(images, pairs, VerdictTerms.Default, default))).Message, StringComparison.Ordinal);

    private static void Same(Verdict expected, Verdict actual)
    {
        Assert.Equal(expected.Distance, actual.Distance, 1e-5);
        Assert.Equal((expected.Relation, expected.Ensemble, expected.Version), (actual.Relation, actual.Ensemble, actual.Version));
        Assert.Equal(expected.Members.Select(vote => vote.Trial), actual.Members.Select(vote => vote.Trial));
        Assert.All(expected.Members.Zip(actual.Members), vote => Assert.Equal(vote.First.Distance, vote.Second.Distance, 1e-5));
    }

    /// <summary>Distances of the first image to each of the others, computed by the networks without a silo.</summary>
    private List<double> Plainly(Ensemble ensemble, ImageFile[] images)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var pixels = images.SelectMany(image => ImageReader.Read(image.Bytes.AsSpan(), image.Name, ImageShape.Digits)).Select(pixel => pixel / 255f);
        var input = torch.tensor(pixels.ToArray(), [images.Length, 1, 28, 28]);
        var sums = new double[images.Length - 1];
        foreach (var member in ensemble.Members)
        {
            using var encoder = Encoders.Create(member.Spec.Hyperparameters);
            ModuleWeights.Load(encoder, Stored(member.WeightsBlob));
            encoder.eval();
            var rows = encoder.forward(input).data<float>().ToArray().Chunk(encoder.EmbeddingSize).ToArray();
            var distance = Distance.Get(member.Spec.Hyperparameters.Distance);
            for (var i = 1; i < rows.Length; i++)
                sums[i - 1] += distance.Between(rows[0], rows[i]) * member.Weight / member.Threshold;
        }

        return [.. sums];
    }

    private byte[] Stored(string blob) => formed.Cluster.Blobs.Get(blob, default).GetAwaiter().GetResult();

    private async Task<ImageFile[]> Samples(int count) =>
    [
        .. (await formed.Cluster.Client.GetGrain<ISampleGrain>(0).Draw(formed.Source, count, 1, default))
            .Select(sample => new ImageFile($"{sample.Label}-{sample.Index}.png", sample.File)),
    ];
}
