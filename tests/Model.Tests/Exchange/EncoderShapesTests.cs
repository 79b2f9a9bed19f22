using System.Text;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using Siamese.Model.Checkpoints;
using Siamese.Model.Exchange;
using Siamese.Model.Networks;
using Siamese.Model.Tests.Networks;

namespace Siamese.Model.Tests.Exchange;

public sealed class EncoderShapesTests
{
    public static TheoryData<string> Names => [.. SomeEncoders.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_weights_fit_their_encoder_and_no_other_width(string name)
    {
        using var encoder = SomeEncoders.Create(name, 4);
        var file = ModuleWeights.Save(encoder);
        var shapes = Safetensors.ReadHeader(file, file.Length);

        var kind = Encoders.Get(SomeEncoders.All[name].Encoder);
        EncoderShapes.Check(SomeEncoders.All[name] with { EmbeddingSize = kind.FixedWidth(SomeEncoders.All[name]) ?? 4 }, shapes);
        if (kind.FixedWidth(SomeEncoders.All[name]) is not null)
            return;
        var refusal = Assert.Throws<InvalidDataException>(() => EncoderShapes.Check(SomeEncoders.All[name] with { EmbeddingSize = 5 }, shapes));
        Assert.Contains("not F32 [5", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_extra_and_mistyped_tensors_are_named()
    {
        var header = Header("""{"__metadata__":{"trial":"t"},"conv1.weight":{"dtype":"F16","shape":[32,1,5,5],"data_offsets":[0,1600]},"extra":{"dtype":"F32","shape":[],"data_offsets":[1600,1604]}}""");
        var shapes = Safetensors.ReadHeader(header, 10_000);

        Assert.Equal("t", shapes.Metadata["trial"]);
        var message = Assert.Throws<InvalidDataException>(() => EncoderShapes.Check(new Hyperparameters(), shapes)).Message;
        Assert.Contains("`bn1.bias` is missing", message, StringComparison.Ordinal);
        Assert.Contains("`extra` is not in the network", message, StringComparison.Ordinal);
        Assert.Contains("`conv1.weight` is F16 [32, 1, 5, 5], not F32 [32, 1, 5, 5]", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vgg", "euclidean", null, "There is no encoder 'vgg' in this build.")]
    [InlineData("conv", "hamming", null, "There is no distance 'hamming' in this build.")]
    [InlineData("koch", "euclidean", 64, "The encoder 'koch' takes no input size.")]
    [InlineData("strokes", "euclidean", 64, "The encoder 'strokes' takes no input size.")]
    public void Names_that_this_build_does_not_know_are_refused(string encoder, string distance, int? side, string sentence) => Assert.Equal(
        sentence,
        Assert.Throws<InvalidDataException>(() => EncoderShapes.CheckNames(new() { Encoder = encoder, Distance = distance, InputSize = side })).Message);

    [Fact]
    public void A_header_that_is_truncated_or_longer_than_the_file_is_refused()
    {
        var header = Header("{}");

        Assert.Empty(Safetensors.ReadHeader(header, header.Length).Tensors);
        Assert.Throws<InvalidDataException>(() => Safetensors.ReadHeader(header.AsSpan(0, 9), header.Length));
        Assert.Throws<InvalidDataException>(() => Safetensors.ReadHeader(header, 9));
        Assert.Throws<InvalidDataException>(() => Safetensors.ReadHeader([1, 2], 100));
    }

    private static byte[] Header(string json) => [.. BitConverter.GetBytes((long)json.Length), .. Encoding.ASCII.GetBytes(json)];
}
