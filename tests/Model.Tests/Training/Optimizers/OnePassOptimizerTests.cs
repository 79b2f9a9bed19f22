using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using Siamese.Model.Training.Optimizers;
using TorchSharp;
using TorchSharp.Modules;

namespace Siamese.Model.Tests.Training.Optimizers;

public sealed class OnePassOptimizerTests
{
    private static readonly long[][] _shapes = [[3], [17, 5], [8, 1, 3, 3], [1], [64, 33]];

    /// <summary>Hyperparameters, and a factory for the library's equivalent optimizer with a given weight decay.</summary>
    private static readonly Dictionary<string, (Hyperparameters Ours, Func<Parameter[], double, torch.optim.Optimizer> Theirs)> _kinds = new()
    {
        ["adam"] = (new() { Optimizer = Optimizer.Adam }, (some, decay) => torch.optim.Adam(some, 1e-3, weight_decay: decay)),
        ["adam, decayed"] = (new() { Optimizer = Optimizer.Adam, WeightDecay = 0.01 }, (some, decay) => torch.optim.Adam(some, 1e-3, weight_decay: decay)),
        ["adamw"] = (new() { Optimizer = Optimizer.Adamw, WeightDecay = 0.1 }, (some, decay) => torch.optim.AdamW(some, 1e-3, weight_decay: decay)),
        ["sgd"] = (new() { Optimizer = Optimizer.Sgd, Momentum = 0, WeightDecay = 0 }, (some, decay) => torch.optim.SGD(some, 1e-3, weight_decay: decay)),
        ["sgd, momentum and decay"] = (new() { Optimizer = Optimizer.Sgd, Momentum = 0.9, WeightDecay = 0.01 }, (some, decay) => torch.optim.SGD(some, 1e-3, momentum: 0.9, weight_decay: decay)),
    };

    public static TheoryData<string> Kinds => [.. _kinds.Keys];

    [Fact]
    public void Every_optimizer_is_compared_with_the_library()
    {
        var missing = Enum.GetValues<Optimizer>().Except(_kinds.Values.Select(kind => kind.Ours.Optimizer)).ToArray();
        Assert.True(missing.Length == 0, $"Compare these optimizers with the library's here: {string.Join(", ", missing)}.");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_hundred_steps_agree_with_the_library_with_weight_decay_except_on_vectors(string kind)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1, torch.CPU);
        var (ours, theirs) = (Some(1), Some(1));
        var (hyperparameters, make) = _kinds[kind];
        var optimizer = OnePassOptimizer.Of(hyperparameters, ours);
        torch.optim.Optimizer[] libraries =
        [
            make([.. theirs.Where(parameter => parameter.dim() > 1)], hyperparameters.WeightDecay),
            make([.. theirs.Where(parameter => parameter.dim() == 1)], 0),
        ];

        for (var step = 1; step <= 100; step++)
        {
            var rate = 1e-3 / step; // A schedule changes it between steps.
            for (var i = 0; i < ours.Length; i++)
                (ours[i].grad, theirs[i].grad) = Twice(torch.randn(_shapes[i], generator: generator));
            optimizer.Step(rate);
            foreach (var library in libraries)
            {
                library.ParamGroups.Single().LearningRate = rate;
                library.step();
            }
        }

        foreach (var (mine, other) in ours.Zip(theirs))
            Assert.True((mine - other).abs().max().item<float>() < 1e-6, kind);
        foreach (var library in libraries)
            library.Dispose();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_optimizer_restored_from_a_copy_takes_the_same_steps(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var (straight, resumed) = (Some(1), Some(1));
        var (first, second) = (OnePassOptimizer.Of(_kinds[kind].Ours, straight), OnePassOptimizer.Of(_kinds[kind].Ours, resumed));
        for (var step = 0; step < 3; step++)
        {
            Take(first, straight, step);
            Take(second, resumed, step);
        }

        var other = new NamedTensor("fc.bias", [1], [1f]);
        var later = OnePassOptimizer.Of(_kinds[kind].Ours, resumed);
        Assert.Same(other, Assert.Single(later.Restore([.. second.Copy(), other])));
        Take(first, straight, 3);
        Take(later, resumed, 3);

        Assert.All(straight.Zip(resumed), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        Assert.Throws<InvalidDataException>(() => later.Restore([other]));

        static void Take(OnePassOptimizer optimizer, Parameter[] parameters, int step)
        {
            using var generator = new torch.Generator((ulong)step, torch.CPU);
            foreach (var parameter in parameters)
                parameter.grad = torch.randn(parameter.shape, generator: generator);
            optimizer.Step(1e-2);
        }
    }

    [Fact]
    public void The_same_steps_give_the_same_bits()
    {
        Assert.Equal(Trained(), Trained());

        static float[] Trained()
        {
            using var scope = torch.NewDisposeScope();
            using var generator = new torch.Generator(1, torch.CPU);
            var parameters = Some(1);
            var adam = new OnePassAdam(parameters);
            for (var step = 0; step < 10; step++)
            {
                foreach (var parameter in parameters)
                    parameter.grad = torch.randn(parameter.shape, generator: generator);
                adam.Step(1e-3);
            }

            return [.. parameters.SelectMany(parameter => parameter.data<float>().ToArray())];
        }
    }

    [Fact]
    public void A_step_zeroes_gradients_and_skips_a_weight_without_one()
    {
        using var scope = torch.NewDisposeScope();
        var parameters = Some(1);
        var before = parameters[1].detach().clone();
        parameters[0].grad = torch.ones(_shapes[0]);

        new OnePassAdam(parameters).Step(1e-3);

        Assert.Equal(0, parameters[0].grad!.abs().sum().item<float>());
        Assert.Null(parameters[1].grad);
        Assert.True(parameters[1].equal(before).all().item<bool>());
    }

    [Fact]
    public void A_gradient_with_a_transposed_memory_layout_is_applied_correctly()
    {
        using var scope = torch.NewDisposeScope();
        var (straight, turned) = (Some(1), Some(1));
        var gradient = torch.randn(_shapes[1]);
        straight[1].grad = gradient;
        turned[1].grad = gradient.t().contiguous().t();

        new OnePassAdam(straight).Step(1e-3);
        new OnePassAdam(turned).Step(1e-3);

        Assert.True(straight[1].equal(turned[1]).all().item<bool>());
        Assert.False(turned[1].grad!.is_contiguous());
        Assert.Equal(0, turned[1].grad!.abs().sum().item<float>());
    }

    private static Parameter[] Some(long seed)
    {
        using var generator = new torch.Generator((ulong)seed, torch.CPU);
        return Array.ConvertAll(_shapes, shape => new Parameter(torch.randn(shape, generator: generator)));
    }

    private static (torch.Tensor, torch.Tensor) Twice(torch.Tensor tensor) => (tensor, tensor.clone());
}
