using Siamese.Contracts.Tuning;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

public sealed class EncoderTests
{
    public static TheoryData<string> Names => [.. SomeEncoders.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Weights_and_biases_are_uniform_within_one_over_the_root_of_the_fan_in(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = Initialized(name, seed: 1);
        var state = encoder.state_dict();
        foreach (var key in state.Keys.Where(key => key.EndsWith("weight", StringComparison.Ordinal) && state[key].dim() > 1))
        {
            var bound = 1 / Math.Sqrt(state[key].shape[1..].Aggregate(1L, (product, size) => product * size));
            var (weight, bias) = (state[key].Floats(), state.TryGetValue(key.Replace("weight", "bias", StringComparison.Ordinal), out var own) ? own.Floats() : []);
            Assert.All(weight.Concat(bias), value => Assert.InRange(value, -bound, bound));
            Assert.True(weight.Max() > 0.95 * bound && weight.Min() < -0.95 * bound, key);
            Assert.Equal(0, weight.Average(), 4 * bound / Math.Sqrt(3 * weight.Length));
            Assert.True(bias.Length == 0 || bias.Distinct().Count() > bias.Length / 2, key);
        }
    }

    /// <summary>Memory that is used again contains what was there before, and on some machines the library's kernels read it.</summary>
    [Theory, MemberData(nameof(Names))]
    public void What_was_in_memory_before_changes_nothing(string name)
    {
        float[] Run(float before)
        {
            using var scope = torch.NewDisposeScope();
            using var encoder = Initialized(name, seed: 1);
            encoder.train();
            var items = SomeTensors.Items(24, encoder.Input);
            Leave(before);
            var embeddings = encoder.forward(items);
            Leave(before);
            embeddings.sum().backward();
            return [.. embeddings.Floats(), .. encoder.parameters().Where(parameter => parameter.grad is not null).SelectMany(parameter => parameter.grad!.Floats())];
        }

        var clean = Run(0);
        Assert.All(clean, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(clean, Run(float.NaN));

        // Freed at once, so that the next tensors of about these sizes are in the same places.
        static void Leave(float value)
        {
            foreach (var size in (long[])[5_000, 20_000, 50_000, 100_000, 200_000, 400_000, 1_000_000, 2_000_000, 4_000_000])
                torch.full([size], value).Dispose();
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_weights_and_another_seed_different_ones(string name)
    {
        using var scope = torch.NewDisposeScope();
        byte[] Weights(int seed)
        {
            using var encoder = Initialized(name, seed);
            return ModuleWeights.Save(encoder);
        }

        var first = Weights(5);
        Assert.Equal(first, Weights(5));
        // It has no layer, and begins with even scales.
        if (name != "scale")
            Assert.NotEqual(first, Weights(6));
    }

    [Theory, MemberData(nameof(Names))]
    public void Saved_and_loaded_weights_give_bit_identical_embeddings(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = Initialized(name, seed: 1);
        encoder.forward(SomeTensors.Items(8, encoder.Input)); // Updates the running statistics of batch norms.
        using var loaded = SomeEncoders.Create(name, 5);
        ModuleWeights.Load(loaded, ModuleWeights.Save(encoder));
        encoder.eval();
        loaded.eval();
        var images = SomeTensors.Items(4, encoder.Input, seed: 2);
        Assert.Equal(encoder.forward(images).Floats(), loaded.forward(images).Floats());
    }

    [Theory, MemberData(nameof(Names))]
    public void An_encoder_is_found_by_name_and_reports_its_sizes(string name)
    {
        var some = SomeEncoders.All[name];
        var hyperparameters = some with { EmbeddingSize = Encoders.Get(some.Encoder).FixedWidth(some) ?? 9 };
        using var encoder = Encoders.Create(hyperparameters);
        Assert.Equal(hyperparameters.Encoder, Encoders.Find(hyperparameters.Encoder)!.Name);
        Assert.Equal((Encoders.WidthOf(hyperparameters), Encoders.InputOf(hyperparameters)), (encoder.EmbeddingSize, encoder.Input));
        Assert.Equal([2, Encoders.WidthOf(hyperparameters)], Embed().shape);
        Assert.True(Encoders.Get(hyperparameters.Encoder).ItemsPerSecond(hyperparameters) > 1);

        torch.Tensor Embed()
        {
            encoder.eval();
            using var noGradient = torch.no_grad();
            return encoder.forward(SomeTensors.Items(2, encoder.Input));
        }
    }

    [Fact]
    public void Normalized_embeddings_have_length_1()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = Initialized("conv, normalized", seed: 1);
        var lengths = encoder.forward(SomeTensors.Images(6)).norm(1).Floats();
        Assert.All(lengths, length => Assert.Equal(1, length, 1e-5));
    }

    [Fact]
    public void The_sides_of_a_pseudo_siamese_network_have_separate_weights()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = Initialized("conv, pseudo-siamese", seed: 1);
        encoder.eval();
        var embeddings = encoder.forward(SomeTensors.Images(3));

        Assert.Equal([3, 10], embeddings.shape);
        Assert.NotEqual(embeddings[.., ..5].Floats(), embeddings[.., 5..].Floats());
        Assert.Contains("first.conv1.weight", encoder.state_dict().Keys);
        Assert.Contains("second.conv1.weight", encoder.state_dict().Keys);
    }

    [Fact]
    public void Kochs_encoder_has_the_layer_shapes_of_the_paper()
    {
        using var encoder = new KochEncoder(4096);
        var shapes = encoder.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        Assert.Equal<long>([64, 1, 10, 10], shapes["conv1.weight"]);
        Assert.Equal<long>([128, 64, 7, 7], shapes["conv2.weight"]);
        Assert.Equal<long>([128, 128, 4, 4], shapes["conv3.weight"]);
        Assert.Equal<long>([256, 128, 4, 4], shapes["conv4.weight"]);
        Assert.Equal<long>([4096, 9216], shapes["fc.weight"]);
    }

    [Fact]
    public void The_time_delay_network_has_the_layers_and_the_3004_parameters_of_the_paper()
    {
        using var encoder = new TdnnEncoder(StrokeShape.Usual);
        Assert.Equal(3004, encoder.parameters().Sum(parameter => parameter.numel()));
        var shapes = encoder.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        Assert.Equal<long>([12, 8, 11], shapes["conv1.weight"]);
        Assert.Equal<long>([16, 12, 10], shapes["conv2.weight"]);
        Assert.Equal([3, 16 * 19], encoder.forward(SomeTensors.Strokes(3, StrokeShape.Usual)).shape);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(500)]
    public void An_encoder_of_strokes_takes_any_number_of_points(int points)
    {
        using var scope = torch.NewDisposeScope();
        var hyperparameters = new Hyperparameters { Encoder = "strokes", Points = points, Resample = Resample.Arc, EmbeddingSize = 4 };
        using var encoder = Encoders.Create(hyperparameters);
        encoder.Initialize(SomeTensors.Generator(1));
        Assert.Equal(new StrokeShape(points, Resample.Arc), encoder.Input);
        Assert.Equal([2, 4], encoder.forward(SomeTensors.Items(2, encoder.Input)).shape);
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(28, 28)]
    [InlineData(33, 33)]
    [InlineData(105, 105)]
    [InlineData(48, 96)]
    [InlineData(150, 220)]
    [InlineData(220, 8)]
    public void Encoders_without_a_fixed_input_take_images_of_any_size_and_colour(int height, int width)
    {
        foreach (var kind in Encoders.All.Where(kind => kind.DefaultInputSize is not null))
        {
            foreach (var colour in Enum.GetValues<Colour>())
            {
                using var scope = torch.NewDisposeScope();
                using var encoder = Encoders.Create(new() { Encoder = kind.Name, InputSize = height, InputWidth = width, Colour = colour, EmbeddingSize = 4 });
                encoder.Initialize(SomeTensors.Generator(1));
                Assert.Equal(new ImageShape(height, width, colour is Colour.Rgb ? 3 : 1), encoder.Input);
                Assert.Equal([2, 4], encoder.forward(SomeTensors.Items(2, encoder.Input)).shape);
                Assert.Equal(encoder.Input, encoder.Freeze().Input);
            }
        }
    }

    [Fact]
    public void Names_are_distinct_and_an_unknown_name_is_refused()
    {
        Assert.Equal(Encoders.All.Count, Encoders.All.DistinctBy(kind => kind.Name).Count());
        Assert.Null(Encoders.Find("resnet"));
        Assert.Contains("resnet", Assert.Throws<ArgumentException>(() => Encoders.Get("resnet")).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_encoder_outlives_the_scope_that_created_it_and_is_freed_when_disposed(string name)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Encoder encoder;
        using (torch.NewDisposeScope())
            encoder = Initialized(name, seed: 1);
        using (torch.NewDisposeScope())
            Assert.Equal([2, encoder.EmbeddingSize], encoder.forward(SomeTensors.Items(2, encoder.Input)).shape);
        Assert.True(DisposeScopeManager.Statistics.ThreadTotalLiveCount > before);
        encoder.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Encoder Initialized(string name, int seed)
    {
        var encoder = SomeEncoders.Create(name, 5);
        encoder.Initialize(SomeTensors.Generator(seed));
        return encoder;
    }
}
