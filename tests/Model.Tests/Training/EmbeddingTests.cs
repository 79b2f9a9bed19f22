using Siamese.Model.Checkpoints;
using Siamese.Model.Data.Images;
using Siamese.Model.Networks;
using Siamese.Model.Tests.Networks;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Model.Tests.Training;

public sealed class EmbeddingTests
{
    private const int Width = 6;

    private static readonly ImageSet _images = SomeTrials.Digits.Training.Images; // 300: more than a chunk.

    [Fact]
    public void An_embedding_does_not_depend_on_what_else_is_embedded()
    {
        using var encoder = Encoder();
        var all = Embedding.Of(encoder, _images);
        Assert.Equal(300 * Width, all.Length);
        foreach (var image in new[] { 0, 1, 249, 250, 299 })
        {
            var alone = Embedding.Of(encoder, _images.Select([image]));
            Assert.Equal(all[(image * Width)..((image + 1) * Width)], alone, (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    [Fact]
    public void Embedding_twice_gives_the_same_bits_and_does_not_change_the_encoder()
    {
        using var encoder = Encoder();
        var before = ModuleWeights.Save(encoder);
        Assert.Equal(Embedding.Of(encoder, _images), Embedding.Of(encoder, _images));
        Assert.Equal(before, ModuleWeights.Save(encoder));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_encoder_keeps_its_mode_even_if_embedding_is_cancelled(bool training)
    {
        using var encoder = Encoder();
        encoder.train(training);
        Embedding.Of(encoder, _images);
        Assert.Equal(training, encoder.training);
        Assert.Throws<OperationCanceledException>(() => Embedding.Of(encoder, _images, new CancellationToken(canceled: true)));
        Assert.Equal(training, encoder.training);
        Assert.All(encoder.named_modules(), entry => Assert.Equal(training, entry.module.training));
        Assert.True(torch.is_grad_enabled());
    }

    [Fact]
    public void No_images_give_no_embeddings()
    {
        using var encoder = Encoder();
        Assert.Empty(Embedding.Of(encoder, _images.Select([])));
    }

    [Fact]
    public void Pixels_become_numbers_from_0_to_1_row_by_row()
    {
        using var scope = torch.NewDisposeScope();
        var images = new ImageSet(new ImageShape(2, 3), [.. Enumerable.Range(0, 18).Select(i => (byte)(i * 15))], [0, 1, 0]);
        var tensor = Embedding.ToTensor(images, start: 1, count: 2);
        Assert.Equal([2, 1, 2, 3], tensor.shape);
        Assert.Equal(Enumerable.Range(6, 12).Select(i => i * 15 / 255f), tensor.Floats());
    }

    [Fact]
    public void Every_pixel_is_divided_exactly_as_in_the_library()
    {
        using var scope = torch.NewDisposeScope();
        byte[] pixels = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Assert.Equal(
            (torch.tensor(pixels).to(torch.float32) / 255).Floats(),
            Embedding.ToTensor(new ImageSet(new ImageShape(16, 16), pixels, [0]), start: 0, count: 1).Floats());
    }

    [Fact]
    public void Embedding_leaves_no_tensors_in_memory()
    {
        using var encoder = Encoder();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Embedding.Of(encoder, _images);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static ConvEncoder Encoder()
    {
        using var scope = torch.NewDisposeScope();
        var encoder = new ConvEncoder(ImageShape.Digits, Width);
        encoder.Initialize(SomeTensors.Generator(1));
        encoder.forward(SomeTensors.Images(8)); // Updates the running statistics of batch norms.
        return encoder;
    }
}
