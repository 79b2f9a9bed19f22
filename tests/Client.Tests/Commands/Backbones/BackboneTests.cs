using Siamese.Client.Tests.LocalSilo;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Tests.Commands.Backbones;

public sealed class BackboneTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ClientRun _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private string File => $"{_folder.Path}/small.onnx";

    [Fact]
    public async Task A_network_is_uploaded_with_its_settings_and_named_in_the_request()
    {
        _folder.File("small.onnx", "a network");

        Assert.Equal(0, await Sweep("--backbone", $"{File},{File}:/layer4/Relu", "--backbone-size", "150x220", "--backbone-mean", "0,0.5,1", "--backbone-std", "1,1,1", "--backbone-order", "bgr", "--backbone-fit", "pad"));

        BackboneName[] names = [.. _client.Sweep.Submitted!.Space.ValuesOf("backbone").Select(value => BackboneName.Find(value.Word)!)];
        Assert.Equal(2, names.Length);
        Assert.NotEqual(names[0].Manifest, names[1].Manifest);
        var uploads = _client.Cluster.TheUploads;
        Assert.Equal(["backbone.json", "network.onnx"], uploads.Files().Keys);
        Assert.Equal("a network"u8.ToArray(), uploads.Files()["network.onnx"]);
        var settings = BackboneSettings.Read(uploads.Files()["backbone.json"]);
        Assert.Equal(("small", "/layer4/Relu", new ImageSize(150, 220), ChannelOrder.Bgr, Fit.Pad), (settings.Name, settings.Layer, settings.Size!.Value, settings.Order, settings.Fit));
        Assert.Equal(new[] { 0, 0.5, 1 }, settings.Mean!.Value.ToArray());
        Assert.Contains("returns 16 features.\n", _client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_the_cluster_gave_is_taken_as_it_is()
    {
        var known = new BackboneName("small", "out", 16, new string('a', 64)).ToString();

        Assert.Equal(0, await Sweep("--backbone", $"{known},none"));

        Assert.Equal([known, "none"], _client.Sweep.Submitted!.Space.ValuesOf("backbone").Select(value => value.Word));
        Assert.Empty(_client.Cluster.TheUploads.Sealed);
    }

    [Theory]
    [InlineData("--backbone nowhere.onnx", "--backbone: there is no file 'nowhere.onnx'.")]
    [InlineData("--backbone FOLDER/empty.onnx", "empty.onnx is empty.")]
    [InlineData("--backbone FOLDER/small.onnx:", "names no layer after the colon.")]
    [InlineData("--backbone FOLDER", "--backbone: there is no file")]
    [InlineData("--backbone-size 224", "--backbone-size: only valid with --backbone and a file.")]
    [InlineData("--backbone FOLDER/small.onnx --backbone-size 2", "--backbone-size: 2 is not between 8 and 1024.")]
    [InlineData("--backbone FOLDER/small.onnx --backbone-size large", "--backbone-size: 'large' is not a size;")]
    [InlineData("--backbone FOLDER/small.onnx --backbone-mean 1,2", "--backbone-mean: give three numbers")]
    [InlineData("--backbone FOLDER/small.onnx --backbone-mean a,b,c", "--backbone-mean: 'a' is not a number.")]
    [InlineData("--backbone FOLDER/small.onnx --backbone-mean 0,0,0", "--backbone-mean and --backbone-std belong together;")]
    [InlineData("--backbone FOLDER/small.onnx --backbone-mean 0,0,0 --backbone-std 1,0,1", "--backbone-std: give three numbers, for red, green and blue, of above 0 to 10.")]
    [InlineData("--backbone FOLDER/small.onnx --backbone-order gbr", "--backbone-order")]
    public async Task A_mistake_is_refused_before_anything_is_sent(string options, string sentence)
    {
        _folder.File("small.onnx", "a network");
        _folder.File("empty.onnx", "");

        Assert.Equal(2, await _client.Run(["sweep", .. options.Replace("FOLDER", _folder.Path, StringComparison.Ordinal).Split(' ')]));

        Assert.Contains(sentence, _client.Error, StringComparison.Ordinal);
        Assert.Empty(_client.Cluster.TheUploads.Sealed);
    }

    [Theory]
    [InlineData("resnet18:pool:512@", true)]
    [InlineData("resnet18:pool:0@", false)]
    [InlineData("resnet18:pool@", false)]
    [InlineData("a b:pool:512@", false)]
    [InlineData("none", false)]
    public void A_name_is_read_as_it_is_written(string start, bool isName)
    {
        var word = start.EndsWith('@') ? start + new string('0', 64) : start;

        Assert.Equal(isName ? word : null, BackboneName.Find(word)?.ToString());
        Assert.Equal(isName ? "resnet18:pool@00000000" : word, BackboneName.InTables(word));
    }

    [Theory]
    [InlineData("/layer4/layer4.1/relu/Relu_output_0", "layer4-layer4.1-relu-Relu_output_0")]
    [InlineData("::", "x")]
    public void Any_layer_has_a_place_in_a_name(string layer, string plain) => Assert.Equal(plain, BackboneName.Plain(layer));

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{ \"name\": \"a\", \"scale\": 1 }")]
    [InlineData("{ \"name\": \"a\", \"mean\": [1, 2, 3], \"deviation\": [1, 1, 1] }")]
    public void Settings_of_others_are_checked(string json) => Assert.Throws<BadInputException>(() => BackboneSettings.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    private Task<int> Sweep(params string[] options)
    {
        _client.Sweep.Answer(Some.Completed(Some.Trial()));
        return _client.Run(["sweep", .. options]);
    }
}
