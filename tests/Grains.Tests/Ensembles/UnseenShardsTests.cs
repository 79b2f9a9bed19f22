using Siamese.Contracts.Sweeps;
using Siamese.Grains.Ensembles;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Grains.Tests.Ensembles;

public sealed class UnseenShardsTests
{
    private static readonly Hyperparameters _small = new() { EmbeddingSize = 8 };

    private readonly FrozenEncoder _encoder = Untrained();

    [Fact]
    public void A_member_of_one_shard_is_judged_on_the_images_of_the_others_only()
    {
        var training = Training();
        var others = Shards.Cut(training, 3).Where((_, shard) => shard != 1).SelectMany(shard => Enumerable.Range(0, shard.Images.Count).Select(i => (Pixels: shard.Images[i].ToArray(), Label: shard.Images.Labels[i])))
            .OrderBy(image => image.Label).ToArray();
        var expected = new ImageSet(InputShape.Digits, [.. others.SelectMany(image => image.Pixels)], [.. others.Select(image => image.Label)]);
        var member = Member(shard: 1, shards: 3);
        var pairs = EvaluationPairs.Of(new DataSplit(expected));

        Assert.Equal(RocCurve.Of(member.Measure(expected, pairs), pairs).EqualErrorRate, UnseenShards.Eer(member, training)!.Value, 1e-3);
        Assert.NotEqual(UnseenShards.Eer(Member(shard: 0, shards: 3), training), UnseenShards.Eer(member, training));
    }

    [Fact]
    public void Of_more_classes_than_images_that_stand_for_all_there_are_same_pairs_too() =>
        Assert.NotNull(UnseenShards.Eer(Member(shard: 0, shards: 2), Training(images: 10_000, classes: 2500)));

    [Fact]
    public void A_member_of_all_the_data_has_seen_everything() => Assert.Null(UnseenShards.Eer(Member(shard: 0, shards: 1), Training()));

    [Fact]
    public void Of_pairs_no_shard_is_judged() => Assert.Null(UnseenShards.Eer(Member(shard: 0, shards: 2), Some.PairDataSet().Training));

    private LoadedMember Member(int shard, int shards) =>
        new("blob", Some.Spec() with { Shard = shard, Shards = shards, Hyperparameters = _small }, _encoder);

    private static FrozenEncoder Untrained()
    {
        var encoder = Encoders.Create(_small);
        using var generator = new torch.Generator(1);
        encoder.Initialize(generator);
        return encoder.Freeze();
    }

    private static DataSplit Training(int images = 60, int classes = 3)
    {
        var pixels = new byte[images * InputShape.Digits.Pixels];
        new Random(5).NextBytes(pixels);
        return new DataSplit(new ImageSet(InputShape.Digits, pixels, [.. Enumerable.Range(0, images).Select(i => i % classes)]));
    }
}
