using System.Runtime.InteropServices;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

public sealed class FrozenEncoderTests
{
    private const int Width = 16;

    /// <summary>All but Koch's, which is slow and has nothing to fold.</summary>
    public static TheoryData<string> Names => [.. SomeEncoders.All.Keys.Where(name => name != "koch")];

    [Theory, MemberData(nameof(Names))]
    public void It_embeds_like_the_trained_encoder(string name)
    {
        using var scope = torch.NewDisposeScope();
        var encoder = Trained(name);
        var images = SomeImages(encoder, 40);
        var expected = Reference(encoder, images);

        var embeddings = encoder.Freeze().Embed(images);

        Assert.Equal(expected.Length, embeddings.Length);
        var largest = expected.Max(Math.Abs);
        Assert.True(largest > 0.01);
        Assert.All(expected.Zip(embeddings), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));
    }

    [Theory, MemberData(nameof(Names))]
    public void An_embedding_does_not_depend_on_the_other_images_in_its_batch(string name)
    {
        using var scope = torch.NewDisposeScope();
        var encoder = Trained(name);
        var frozen = encoder.Freeze();
        var images = SomeImages(encoder, FrozenEncoder.ChunkSize);
        var together = frozen.Embed(images);

        for (var i = 0; i < images.Length; i += 7)
        {
            Assert.All(
                frozen.Embed(images.AsSpan(i, 1)).Zip(together.Skip(i * frozen.EmbeddingSize)),
                pair => Assert.Equal(pair.First, pair.Second, 1e-5 * together.Max(Math.Abs)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Concurrent_threads_get_the_same_embeddings_as_each_alone(string name)
    {
        using var scope = torch.NewDisposeScope();
        var encoder = Trained(name);
        var frozen = encoder.Freeze();
        var images = Enumerable.Range(1, 4).Select(count => SomeImages(encoder, count)).ToArray();
        var alone = Array.ConvertAll(images, some => frozen.Embed(some));

        var concurrent = new float[4][];
        var threads = images.Select((some, i) => new Thread(() => concurrent[i] = frozen.Embed(some))).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(alone, concurrent);
    }

    /// <summary>To the last bit, wherever the memory for it lies: the same question has the same answer.</summary>
    [Theory, MemberData(nameof(Names))]
    public void The_same_images_have_the_same_embeddings_every_time(string name)
    {
        using var scope = torch.NewDisposeScope();
        var encoder = Trained(name);
        var frozen = encoder.Freeze();
        var images = SomeImages(encoder, 2);
        var once = frozen.Embed(images);

        for (var time = 0; time < 50; time++)
        {
            using var elsewhere = torch.zeros(1 + time); // Moves the memory that is used next.
            Assert.Equal(once, frozen.Embed(Array.ConvertAll(images, image => (ReadOnlyMemory<byte>)image.ToArray())));
        }
    }

    [Fact]
    public void It_outlives_the_encoder_that_it_was_made_from()
    {
        var frozen = Made();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        ReadOnlyMemory<byte>[] image = [new byte[28 * 28]];
        var once = frozen.Embed(image);
        Assert.Equal(once, frozen.Embed(image));
        Assert.All(once, value => Assert.True(float.IsFinite(value)));

        static FrozenEncoder Made()
        {
            using var scope = torch.NewDisposeScope();
            return Trained("conv").Freeze();
        }
    }

    /// <summary>Not trained, but its norms have seen images and have changed weights, as after training.</summary>
    private static Encoder Trained(string name)
    {
        var encoder = SomeEncoders.Create(name, Width);
        using var generator = SomeTensors.Generator(3);
        encoder.Initialize(generator);
        using (torch.no_grad())
        {
            foreach (var (parameter, weight) in encoder.named_parameters().Where(entry => entry.name.Split('.').Any(part => part.StartsWith("bn", StringComparison.Ordinal))))
                weight.add_(torch.rand(weight.shape, generator: generator) - (parameter.EndsWith("bias", StringComparison.Ordinal) ? 0.5 : 0.2));
            for (var batch = 0; batch < 5; batch++)
                encoder.forward(SomeTensors.Items(30, encoder.Input, seed: batch));
        }

        encoder.eval();
        return encoder;
    }

    private static ReadOnlyMemory<byte>[] SomeImages(Encoder encoder, int count)
    {
        var random = new Random(count);
        var images = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
        {
            if (encoder.Input is StrokeShape strokes)
            {
                images[i] = MemoryMarshal.AsBytes<float>(SomeTensors.Strokes(1, strokes, seed: i).Floats()).ToArray();
                continue;
            }

            if (encoder.Input is VectorShape vectors)
            {
                images[i] = MemoryMarshal.AsBytes<float>(SomeTensors.Vectors(1, vectors, seed: i).Floats()).ToArray();
                continue;
            }

            var pixels = new byte[encoder.Input.Bytes];
            random.NextBytes(pixels);
            images[i] = pixels;
        }

        return images;
    }

    private static float[] Reference(Encoder encoder, ReadOnlyMemory<byte>[] images)
    {
        using var noGradient = torch.no_grad();
        byte[] all = [.. images.SelectMany(image => image.ToArray())];
        if (encoder.Input is VectorShape vectors)
            return encoder.forward(torch.tensor(MemoryMarshal.Cast<byte, float>(all).ToArray(), [images.Length, vectors.Width])).Floats();
        return encoder.forward(encoder.Input is StrokeShape strokes
            ? torch.tensor(MemoryMarshal.Cast<byte, float>(all).ToArray(), [images.Length, strokes.Points, StrokeShape.Channels])
            : Pixels(all, images.Length, (ImageShape)encoder.Input)).Floats();
    }

    private static torch.Tensor Pixels(byte[] pixels, int count, ImageShape shape) =>
        torch.tensor(Array.ConvertAll(pixels, pixel => pixel / 255f), [count, shape.Channels, shape.Height, shape.Width]);
}
