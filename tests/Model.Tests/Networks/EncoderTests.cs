using Siamese.Model.Checkpoints;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

public sealed class EncoderTests
{
    public static TheoryData<string> Names => [.. Encoders.All.Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Weights_and_biases_fill_plus_minus_one_over_the_root_of_the_fan_in(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = Initialized(name, seed: 1);
        var state = encoder.state_dict();
        foreach (var key in state.Keys.Where(key => key.EndsWith("weight", StringComparison.Ordinal) && state[key].dim() > 1))
        {
            var bound = 1 / Math.Sqrt(state[key].shape[1..].Aggregate(1L, (product, size) => product * size));
            var (weight, bias) = (state[key].Floats(), state[key.Replace("weight", "bias", StringComparison.Ordinal)].Floats());
            Assert.All(weight.Concat(bias), value => Assert.InRange(value, -bound, bound));
            Assert.True(weight.Max() > 0.95 * bound && weight.Min() < -0.95 * bound, key);
            Assert.Equal(0, weight.Average(), 4 * bound / Math.Sqrt(3 * weight.Length));
            Assert.True(bias.Distinct().Count() > bias.Length / 2, key);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_weights_and_another_others(string name)
    {
        using var scope = torch.NewDisposeScope();
        byte[] Weights(int seed)
        {
            using var encoder = Initialized(name, seed);
            return ModuleWeights.Save(encoder);
        }

        var first = Weights(5);
        Assert.Equal(first, Weights(5));
        Assert.NotEqual(first, Weights(6));
    }

    [Theory, MemberData(nameof(Names))]
    public void Saved_and_loaded_weights_embed_to_the_last_bit_alike(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = Initialized(name, seed: 1);
        encoder.forward(SomeTensors.Images(8)); // Moves the running statistics of batch norms.
        using var loaded = Encoders.Get(name).Create(5);
        ModuleWeights.Load(loaded, ModuleWeights.Save(encoder));
        encoder.eval();
        loaded.eval();
        var images = SomeTensors.Images(4, seed: 2);
        Assert.Equal(encoder.forward(images).Floats(), loaded.forward(images).Floats());
    }

    [Theory, MemberData(nameof(Names))]
    public void An_encoder_is_found_by_name_and_says_what_it_is(string name)
    {
        var kind = Encoders.Find(name)!;
        using var encoder = kind.Create(9);
        Assert.Equal((name, 9), (kind.Name, encoder.EmbeddingSize));
        Assert.Equal(kind.Input, encoder.Input);
        Assert.Equal([2, 9], Embed().shape);

        torch.Tensor Embed()
        {
            encoder.eval();
            using var noGradient = torch.no_grad();
            return encoder.forward(torch.zeros(2, 1, kind.Input.Height, kind.Input.Width));
        }
    }

    [Fact]
    public void Names_are_distinct_and_an_unknown_one_is_refused_by_name()
    {
        Assert.Equal(Encoders.All.Count, Encoders.All.DistinctBy(kind => kind.Name).Count());
        Assert.Null(Encoders.Find("resnet"));
        Assert.Contains("resnet", Assert.Throws<ArgumentException>(() => Encoders.Get("resnet")).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_encoder_outlives_the_scope_it_was_made_in_and_is_freed_with_its_own_end(string name)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Encoder encoder;
        using (torch.NewDisposeScope())
            encoder = Initialized(name, seed: 1);
        using (torch.NewDisposeScope())
            Assert.Equal([2, 5], encoder.forward(SomeTensors.Images(2)).shape);
        Assert.True(DisposeScopeManager.Statistics.ThreadTotalLiveCount > before);
        encoder.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Encoder Initialized(string name, int seed)
    {
        var encoder = Encoders.Get(name).Create(5);
        encoder.Initialize(SomeTensors.Generator(seed));
        return encoder;
    }
}
