using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

public sealed class ArticleEncoderTests
{
    [Fact]
    public void It_has_the_articles_1118338_parameters_at_width_2()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ArticleEncoder(2);
        Assert.Equal(1_118_338, encoder.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Its_weights_have_PyTorchs_names_and_shapes()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ArticleEncoder(7);
        Assert.Equal(
            [
                "cnn.0.weight 128 1 5 5", "cnn.0.bias 128", "fc.0.weight 512 2048", "fc.0.bias 512",
                "fc.3.weight 128 512", "fc.3.bias 128", "fc.5.weight 7 128", "fc.5.bias 7",
            ],
            encoder.state_dict().Select(entry => $"{entry.Key} {string.Join(' ', entry.Value.shape)}"));
    }

    [Fact]
    public void Feature_maps_go_from_28_to_10_to_4()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ArticleEncoder(2);
        encoder.eval();
        var layers = encoder.named_modules().ToDictionary(entry => entry.name, entry => entry.module);
        var convolved = Call(layers["cnn.0"], SomeTensors.Images(3));
        Assert.Equal([3, 128, 10, 10], convolved.shape);
        Assert.Equal([3, 128, 4, 4], Call(layers["cnn.3"], convolved).shape);
        Assert.Equal([3, 2], encoder.forward(SomeTensors.Images(3)).shape);
    }

    [Fact]
    public void Its_normalisation_is_PyTorchs_alpha_divided_by_the_window()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ArticleEncoder(2);
        var layer = encoder.named_modules().Single(entry => entry.name == "cnn.2").module;
        const int channels = 8;
        using var generator = SomeTensors.Generator(3);
        var input = torch.rand([2, channels, 3, 3], generator: generator) * 60; // Large, so that alpha matters.
        var (a, b) = (input.Floats(), Call(layer, input).Floats());

        for (var i = 0; i < a.Length; i++)
        {
            var (image, channel, place) = (i / (channels * 9), i / 9 % channels, i % 9);
            double squares = 0;
            for (var c = Math.Max(0, channel - 2); c <= Math.Min(channels - 1, channel + 2); c++)
                squares += Math.Pow(a[image * channels * 9 + c * 9 + place], 2);
            Assert.Equal(a[i] / Math.Pow(2 + 0.001 / 5 * squares, 0.75), b[i], 1e-4);
        }
    }

    [Fact]
    public void Its_first_dropout_drops_whole_channels_and_its_second_single_features()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ArticleEncoder(2);
        using var generator = SomeTensors.Generator(4);
        encoder.Initialize(generator);
        var layers = encoder.named_modules().ToDictionary(entry => entry.name, entry => entry.module);

        var maps = Call(layers["cnn.4"], torch.ones(2, 128, 4, 4)).Floats();
        Assert.All(maps.Chunk(16), map => Assert.Single(map.Distinct()));
        // This would show whether whole rows of features are dropped, as Dropout2d does to a 2-D tensor in some versions.
        var features = Call(layers["fc.2"], torch.ones(40, 512)).Floats();
        Assert.All(features.Chunk(512), row => Assert.InRange(row.Count(feature => feature == 0), 180, 332));
    }

    private static torch.Tensor Call(torch.nn.Module layer, torch.Tensor input) =>
        ((torch.nn.Module<torch.Tensor, torch.Tensor>)layer).call(input);
}
