using System.Collections.Immutable;

namespace Siamese.Grains.Backbones;

/// <summary>The stored features of a backbone.</summary>
[GenerateSerializer, Alias("siamese.FeatureIndexState")]
internal sealed class FeatureIndexState
{
    [Id(0)] public List<FeaturePack> Packs { get; set; } = [];
}

/// <summary>Features of some images in one blob.</summary>
/// <param name="Blob">Name of the blob.</param>
/// <param name="Images">Hashes of the images' pixels, in the order of its rows.</param>
[GenerateSerializer, Immutable, Alias("siamese.FeaturePack")]
internal sealed record FeaturePack(string Blob, ImmutableArray<UInt128> Images);
