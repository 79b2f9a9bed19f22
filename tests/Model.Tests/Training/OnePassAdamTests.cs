using Siamese.Model.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace Siamese.Model.Tests.Training;

public sealed class OnePassAdamTests
{
    private static readonly long[][] _shapes = [[3], [17, 5], [8, 1, 3, 3], [1], [64, 33]];

    [Fact]
    public void A_hundred_steps_agree_with_the_librarys()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1, torch.CPU);
        var (ours, theirs) = (Some(1), Some(1));
        var adam = new OnePassAdam(ours);
        using var library = torch.optim.Adam(theirs, 1e-3);

        for (var step = 1; step <= 100; step++)
        {
            var rate = 1e-3 / step; // A schedule changes it between steps.
            library.ParamGroups.Single().LearningRate = rate;
            for (var i = 0; i < ours.Length; i++)
                (ours[i].grad, theirs[i].grad) = Twice(torch.randn(_shapes[i], generator: generator));
            adam.Step(rate);
            library.step();
        }

        foreach (var (mine, other) in ours.Zip(theirs))
            Assert.True((mine - other).abs().max().item<float>() < 1e-6);
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
    public void A_step_leaves_gradients_of_zero_and_passes_over_a_weight_without_one()
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
    public void A_gradient_that_lies_in_another_order_is_taken_in_its_own()
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
