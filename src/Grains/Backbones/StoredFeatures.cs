using Siamese.Contracts.Tensors;

namespace Siamese.Grains.Backbones;

/// <summary>Features of some images as a blob.</summary>
internal static class StoredFeatures
{
    private const string Name = "features", Backbone = "backbone";

    /// <param name="manifest">Name of the backbone's manifest, stored so that no two backbones share a blob.</param>
    /// <param name="features">N·D numbers, row by row.</param>
    /// <param name="width">D.</param>
    public static byte[] Write(string manifest, float[] features, int width) => Safetensors.Write(
        [new NamedTensor(Name, [features.Length / width, width], features)], new Dictionary<string, string> { [Backbone] = manifest });

    /// <returns>N·D numbers, row by row.</returns>
    /// <exception cref="InvalidDataException">The blob is not in this format.</exception>
    public static float[] Read(byte[] blob) => Safetensors.Read(blob)[Name].Values;
}
