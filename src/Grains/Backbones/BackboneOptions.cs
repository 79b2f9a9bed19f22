namespace Siamese.Grains.Backbones;

/// <summary>The place of the optional assembly that runs backbones.</summary>
public sealed class BackboneOptions
{
    /// <summary>Name of the assembly.</summary>
    public const string Assembly = "Siamese.Backbones";

    /// <summary>Its folder. Default: `backbones` beside the silo's program.</summary>
    public string Folder { get; set; } = Path.Combine(AppContext.BaseDirectory, "backbones");
}
