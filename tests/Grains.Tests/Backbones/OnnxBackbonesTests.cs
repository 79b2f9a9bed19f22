using Siamese.Backbones;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Backbones;
using Siamese.Testing.Networks;

namespace Siamese.Grains.Tests.Backbones;

public sealed class OnnxBackbonesTests : IDisposable
{
    private static readonly BackboneSettings _plain = new() { Name = "small", Mean = [0, 0, 0], Deviation = [1, 1, 1] };

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-backbones-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Two images of one colour each: red, green and blue at 1, 0.4 and 0, and all at 0.2.</summary>
    private static byte[] Pixels => [.. Planes(255, 102, 0), .. Planes(51, 51, 51)];

    private static IEnumerable<byte> Planes(params byte[] colours) => colours.SelectMany(colour => Enumerable.Repeat(colour, 64));

    [Fact]
    public void Features_are_those_of_the_network()
    {
        var backbone = Load(new SmallNetwork(), _plain);

        Assert.Equal(4, backbone.Width);
        Near([1, 0.4f, 0, 1.4f, 0.2f, 0.2f, 0.2f, 0.6f], Embed(backbone, Pixels));
    }

    [Fact]
    public void A_layer_before_the_output_is_averaged_over_rows_and_columns()
    {
        var backbone = Load(new SmallNetwork(), _plain with { Layer = "pool" });

        Assert.Equal(3, backbone.Width);
        Near([1, 0.4f, 0, 0.2f, 0.2f, 0.2f], Embed(backbone, Pixels));
        Assert.Equal("flat", Load(new SmallNetwork(), _plain with { Layer = "flat-node" }).Layer);
    }

    [Fact]
    public void Mean_deviation_and_order_come_from_the_settings_or_else_from_the_file()
    {
        var file = new SmallNetwork
        {
            Metadata = new Dictionary<string, string> { ["mean"] = "0.5, 0.4, 0.3", ["std"] = "[0.5 0.2 0.1]", ["layer"] = "pool", ["Image.BitmapPixelFormat"] = "Bgr8" },
        };

        Near([-3, 0, 1, -1, -1, -0.6f], Embed(Load(file, new() { Name = "small" }), Pixels));
        Near([1, 0.4f, 0, 0.2f, 0.2f, 0.2f], Embed(Load(file, _plain with { Order = ChannelOrder.Rgb }), Pixels));
        Assert.Contains("ImageNet's", Load(new SmallNetwork(), new() { Name = "small" }).ToString());
    }

    [Fact]
    public void A_network_may_take_one_image_at_a_time_or_have_colours_last()
    {
        var single = Load(new SmallNetwork { Sizes = [1, 3, 8, 8] }, _plain);
        Near([1, 0.4f, 0, 1.4f, 0.2f, 0.2f, 0.2f, 0.6f], Embed(single, Pixels));

        var last = Load(new SmallNetwork { Sizes = ["N", 8, 8, 3], Operator = "Identity", Rows = 192, Weights = new float[192] }, _plain with { Layer = "pool" });
        Near([1, 0.4f, 0, 0.2f, 0.2f, 0.2f], Embed(last, Pixels));
    }

    [Fact]
    public void A_file_that_leaves_the_size_open_needs_it_stated()
    {
        var open = new SmallNetwork { Sizes = ["N", 3, "rows", "columns"] };

        Assert.Contains("Give 'backbone-size'", Refusal(open, _plain));
        Assert.Equal(16, Load(open, _plain with { Size = new(16, 24) }).Input.Height);
        Assert.Equal(24, Load(open with { Metadata = new Dictionary<string, string> { ["input_size"] = "(3, 16, 24)" } }, _plain).Input.Width);
        Assert.Contains("Leave 'backbone-size' out", Refusal(new SmallNetwork(), _plain with { Size = new ImageSize(9, 9) }));
    }

    [Theory]
    [InlineData("other-input", "takes 2 inputs (image, mask)")]
    [InlineData("half", "numbers of type 10")]
    [InlineData("flat", "an input of shape (?, 192)")]
    [InlineData("huge", "2000x2000 pixels")]
    [InlineData("operator", "Melt")]
    [InlineData("cycle", "cannot be run by ONNX Runtime")]
    [InlineData("external", "keeps weights in other files")]
    [InlineData("layer", "has no layer 'nowhere'. Its last ones are features, flat, pool")]
    [InlineData("NaN", "not finite numbers")]
    public void What_is_no_backbone_is_refused_in_words(string fault, string words)
    {
        var (network, settings) = fault switch
        {
            "other-input" => (new SmallNetwork { OtherInput = "mask" }, _plain),
            "half" => (new SmallNetwork { InputType = 10 }, _plain),
            "flat" => (new SmallNetwork { Sizes = ["N", 192] }, _plain),
            "huge" => (new SmallNetwork { Sizes = [1, 3, 2000, 2000] }, _plain),
            "operator" => (new SmallNetwork { Operator = "Melt" }, _plain),
            "cycle" => (new SmallNetwork { Takes = "flat" }, _plain),
            "external" => (new SmallNetwork { IsExternal = true }, _plain),
            "layer" => (new SmallNetwork(), _plain with { Layer = "nowhere" }),
            _ => (new SmallNetwork { Weights = [float.NaN, 0, 0] }, _plain),
        };

        var message = Assert.Throws<BadInputException>(() => Embed(Load(network, settings), Pixels)).Message;

        Assert.Contains(words, message);
        Assert.Contains("small", message);
    }

    [Fact]
    public void A_file_that_is_cut_off_or_something_else_is_refused()
    {
        var whole = new SmallNetwork().Write();

        for (var length = 1; length < whole.Length; length += 7)
            Assert.Throws<BadInputException>(() => Load(whole[..length], _plain));
        Assert.Contains("not a network in the format of ONNX", Assert.Throws<BadInputException>(() => Load([0xff, 0xff, 0xff, 1, 2, 3], _plain)).Message);
    }

    private IBackbone Load(SmallNetwork network, BackboneSettings settings) => Load(network.Write(), settings);

    private IBackbone Load(byte[] file, BackboneSettings settings)
    {
        var path = Path.Combine(_folder, "network.onnx");
        File.WriteAllBytes(path, file);
        return new OnnxBackbones().Load(path, settings);
    }

    private string Refusal(SmallNetwork network, BackboneSettings settings) => Assert.Throws<BadInputException>(() => Load(network, settings)).Message;

    private static float[] Embed(IBackbone backbone, byte[] pixels)
    {
        var features = new float[pixels.Length / backbone.Input.Bytes * backbone.Width];
        backbone.Embed(pixels, features);
        return features;
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }
}
