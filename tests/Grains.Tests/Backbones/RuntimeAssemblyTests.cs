using Microsoft.Extensions.Options;
using Siamese.Contracts;
using Siamese.Grains.Backbones;
using Siamese.Testing;
using Siamese.Testing.Networks;

namespace Siamese.Grains.Tests.Backbones;

/// <summary>The optional assembly, as the build puts it beside the silo.</summary>
public sealed class RuntimeAssemblyTests
{
    [Fact]
    public void It_is_loaded_from_the_folder_beside_the_silo()
    {
        var runtime = In(Path.Combine(Path.GetDirectoryName(Built.Silo)!, "backbones")).Runtime;
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, new SmallNetwork().Write());

        Assert.Equal(4, runtime.Load(path, new() { Name = "small" }).Width);
        File.Delete(path);
    }

    [Fact]
    public void Without_it_the_message_says_what_is_missing_and_where()
    {
        var message = Assert.Throws<BadInputException>(() => In("/nowhere").Runtime).Message;

        Assert.Contains("cannot run backbones: Siamese.Backbones.dll and ONNX Runtime are not in /nowhere.", message);
    }

    private static RuntimeAssembly In(string folder) => new(Options.Create(new BackboneOptions { Folder = folder }));
}
