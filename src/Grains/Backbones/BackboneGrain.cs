using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Threads;

namespace Siamese.Grains.Backbones;

/// <inheritdoc cref="IBackboneGrain"/>
internal sealed class BackboneGrain(LoadedBackbones backbones) : Grain, IBackboneGrain
{
    /// <summary>Digits of the manifest's name in messages.</summary>
    private const int Start = 8;

    public async Task<BackboneDescription> Describe(CancellationToken cancellation)
    {
        var manifest = this.GetPrimaryKeyString();
        if (!DataManifest.IsHash(manifest))
            throw new BadInputException($"'{manifest}' is not the name of the manifest of a backbone; give 64 hexadecimal digits.");
        var backbone = await HereOnly.Read(OwnThread.Run(() => backbones.Get(manifest, manifest[..Start]), cancellation));
        var name = new BackboneName(BackboneName.Plain(backbone.Name), BackboneName.Plain(backbone.Layer), backbone.Width, manifest);
        return new() { Name = name.ToString(), Sentence = $"Backbone {name.Brief}: {backbone}." };
    }
}
