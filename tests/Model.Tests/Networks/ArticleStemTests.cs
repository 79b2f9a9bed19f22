using Siamese.Model.Networks;
using Siamese.Model.Networks.Layers;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

public sealed class ArticleStemTests
{
    private const double Tolerance = 1e-5; // Relative to the largest number of the tensor.

    /// <summary>Batch sizes, and scales of the weights: a large scale makes the normalisation matter.</summary>
    public static TheoryData<int, double> Cases => new() { { 1, 1 }, { 3, 20 }, { 17, 1 }, { 40, 100 } };

    [Theory, MemberData(nameof(Cases))]
    public void Training_agrees_with_the_layers_in_embeddings_and_gradients(int count, double scale)
    {
        using var scope = torch.NewDisposeScope();
        var (fused, layers) = (Run(Images(count), scale, fused: true), Run(Images(count), scale, fused: false));
        Assert.Equal(fused.Keys, layers.Keys);
        Assert.All(fused.Keys, name => AssertClose(layers[name], fused[name], name));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Evaluation_agrees_with_the_layers(int count, double scale)
    {
        using var scope = torch.NewDisposeScope();
        AssertClose(Embed(byLayers: true), Embed(byLayers: false), "embeddings");

        torch.Tensor Embed(bool byLayers)
        {
            using var encoder = Encoder(scale, out var generator, byLayers);
            generator.Dispose();
            encoder.eval();
            using var noGradient = torch.no_grad();
            return encoder.forward(Images(count));
        }
    }

    // In a blank image all patches are equal: the first of a window must win and get the whole gradient.
    [Theory, InlineData(0), InlineData(0.5), InlineData(1)]
    public void Ties_in_the_pool_are_resolved_as_in_the_library(double grey)
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.full([4, 1, 28, 28], grey);
        var (fused, layers) = (Run(images, 1, fused: true), Run(images, 1, fused: false));
        Assert.All(fused.Keys, name => AssertClose(layers[name], fused[name], name));
    }

    [Fact]
    public void The_first_of_equal_values_wins()
    {
        var maps = new float[100 * ResponseNormPool.Channels];
        Array.Fill(maps, 0.5f);
        var (winners, pooled) = (new byte[ResponseNormPool.Pooled], new float[ResponseNormPool.Pooled]);

        new ResponseNormPool().Forward(maps, [], new float[maps.Length], winners, pooled);

        byte[] corners = [0, 2, 4, 6, 20, 22, 24, 26, 40, 42, 44, 46, 60, 62, 64, 66];
        Assert.All(winners.Chunk(corners.Length), ofChannel => Assert.Equal(corners, ofChannel));
    }

    [Fact]
    public void An_image_that_is_not_a_number_gives_an_embedding_that_is_not_a_number()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = Encoder(1, out var generator);
        encoder.eval();
        using var noGradient = torch.no_grad();
        var images = Images(2);
        images[1] = float.NaN;
        var finite = encoder.forward(images).isfinite().all(1);
        Assert.True(finite[0].item<bool>());
        Assert.False(finite[1].item<bool>());
        generator.Dispose();
    }

    [Fact]
    public void Training_does_not_use_more_memory_over_time()
    {
        torch.set_num_threads(1);
        using var encoder = Encoder(1, out var generator);
        Step(encoder);
        var before = Live;
        for (var step = 0; step < 10; step++)
        {
            Step(encoder);
            Assert.Equal(before, Live);
        }

        generator.Dispose();

        static void Step(ArticleEncoder encoder)
        {
            using var scope = torch.NewDisposeScope();
            encoder.forward(Images(16)).sum().backward();
            foreach (var parameter in encoder.parameters())
                parameter.grad = null;
        }
    }

    /// <summary>Tensor handles that this thread created and has not freed.</summary>
    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>Embeddings and the gradient of every weight, with the same dropout in both implementations.</summary>
    private static SortedDictionary<string, torch.Tensor> Run(torch.Tensor images, double scale, bool fused)
    {
        using var encoder = Encoder(scale, out var generator, byLayers: !fused);
        generator.manual_seed(7);
        var embeddings = encoder.forward(images);
        (embeddings * torch.arange(1, 1 + embeddings.numel()).view_as(embeddings).sin()).sum().backward();
        var results = new SortedDictionary<string, torch.Tensor> { ["embeddings"] = embeddings.detach() };
        foreach (var (name, parameter) in encoder.named_parameters())
            results[name] = parameter.grad!.clone();
        generator.Dispose();
        return results;
    }

    private static ArticleEncoder Encoder(double scale, out torch.Generator generator, bool byLayers = false)
    {
        generator = new torch.Generator(1, torch.CPU);
        var encoder = new ArticleEncoder(2) { ByLayers = byLayers };
        encoder.Initialize(generator);
        using var noGradient = torch.no_grad();
        foreach (var (name, parameter) in encoder.named_parameters())
        {
            if (name.StartsWith("cnn", StringComparison.Ordinal))
                parameter.mul_(scale);
        }

        return encoder;
    }

    private static torch.Tensor Images(int count)
    {
        using var generator = new torch.Generator((ulong)count, torch.CPU);
        return torch.rand([count, 1, 28, 28], generator: generator);
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual, string name)
    {
        var error = (expected - actual).abs().max().item<float>() / Math.Max(expected.abs().max().item<float>(), float.Epsilon);
        Assert.True(error < Tolerance, $"{name} differs by {error:G3} of its largest number");
    }
}
