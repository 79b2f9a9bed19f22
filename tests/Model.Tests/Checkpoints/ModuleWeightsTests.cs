using Siamese.Contracts.Tensors;
using Siamese.Model.Checkpoints;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Tests.Checkpoints;

public sealed class ModuleWeightsTests
{
    [Fact]
    public void Saving_and_loading_its_weights_restores_a_network()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network();
        using var other = Network();
        var images = torch.linspace(-1, 1, 3 * 36).reshape(3, 1, 6, 6);
        network.forward(images); // Updates the running statistics of the batch norm.

        var file = ModuleWeights.Save(network);
        ModuleWeights.Load(other, file);

        network.eval();
        other.eval();
        Assert.Equal(network.forward(images).data<float>().ToArray(), other.forward(images).data<float>().ToArray());
        Assert.Equal(file, ModuleWeights.Save(other));
        Assert.All(other.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Names_and_shapes_match_PyTorch()
    {
        using var network = Network();
        var file = Safetensors.Read(ModuleWeights.Save(network));

        Assert.Equal(
            ["1.num_batches_tracked", "0.bias", "0.weight", "1.bias", "1.running_mean", "1.running_var", "1.weight", "3.bias", "3.weight"],
            file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([2, 1, 3, 3], file["0.weight"].Shape);
        Assert.Equal([5, 32], file["3.weight"].Shape); // (out, in)
        Assert.Empty(file["1.num_batches_tracked"].Shape);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_by_name_and_change_nothing()
    {
        using var network = Network();
        var before = ModuleWeights.Save(network);
        var tensors = Safetensors.Read(before).Tensors;
        NamedTensor[] wrong =
        [
            .. tensors.Where(tensor => tensor.Name is not ("0.bias" or "3.bias" or "1.num_batches_tracked")),
            new("3.bias", [6], new float[6]), new("4.bias", [1], [1f]), new("1.num_batches_tracked", [], [1f]),
        ];

        var problem = Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(network, Safetensors.Write(wrong))).Message;

        Assert.Contains("`0.bias` is missing", problem, StringComparison.Ordinal);
        Assert.Contains("`4.bias` is not in the network", problem, StringComparison.Ordinal);
        Assert.Contains("`3.bias` has the shape [6], not [5]", problem, StringComparison.Ordinal);
        Assert.Contains("`1.num_batches_tracked` is Float32, not Int64", problem, StringComparison.Ordinal);
        Assert.Equal(before, ModuleWeights.Save(network));
    }

    private static TorchSharp.Modules.Sequential Network() => Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), Flatten(), Linear(32, 5));
}
