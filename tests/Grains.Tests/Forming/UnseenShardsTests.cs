using Siamese.Contracts.Tuning;
using Siamese.Grains.Forming;
using Siamese.Grains.Members;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Grains.Tests.Forming;

public sealed class UnseenShardsTests
{
    private static readonly Hyperparameters _small = new() { EmbeddingSize = 8 };

    private readonly FrozenEncoder _encoder = Untrained();

    [Fact]
    public void A_member_of_one_shard_is_evaluated_only_on_images_of_the_other_shards()
    {
        var training = Training();
        var others = Shards.Cut(training, 3).Where((_, shard) => shard != 1).SelectMany(shard => Enumerable.Range(0, shard.Images.Count).Select(i => (Pixels: shard.Images[i].ToArray(), Label: shard.Images.Labels[i])))
            .OrderBy(image => image.Label).ToArray();
        var expected = new ImageSet(ImageShape.Digits, [.. others.SelectMany(image => image.Pixels)], [.. others.Select(image => image.Label)]);
        var member = Member(shard: 1, shards: 3);
        var pairs = EvaluationPairs.Of(new DataSplit(expected));

        Assert.Equal(RocCurve.Of(member.Measure(expected, pairs), pairs).EqualErrorRate, UnseenShards.Eer(member, training)!.Value, 1e-3);
        Assert.NotEqual(UnseenShards.Eer(Member(shard: 0, shards: 3), training), UnseenShards.Eer(member, training));
    }

    [Fact]
    public void There_are_same_pairs_even_if_there_are_more_classes_than_sampled_images() =>
        Assert.NotNull(UnseenShards.Eer(Member(shard: 0, shards: 2), Training(images: 10_000, classes: 2500)));

    [Fact]
    public void A_member_trained_on_all_data_has_no_unseen_shards() => Assert.Null(UnseenShards.Eer(Member(shard: 0, shards: 1), Training()));

    [Fact]
    public void Data_given_as_pairs_is_not_evaluated_by_shard() => Assert.Null(UnseenShards.Eer(Member(shard: 0, shards: 2), Some.PairDataSet().Training));

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
        var pixels = new byte[images * ImageShape.Digits.Bytes];
        new Random(5).NextBytes(pixels);
        return new DataSplit(new ImageSet(ImageShape.Digits, pixels, [.. Enumerable.Range(0, images).Select(i => i % classes)]));
    }
}
