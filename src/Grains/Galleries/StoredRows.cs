using Siamese.Contracts.Tensors;

namespace Siamese.Grains.Galleries;

/// <summary>A blob of a member's embeddings of a lot's images.</summary>
internal static class StoredRows
{
    private const string Name = "enrolled";

    /// <param name="lot">The lot's blob: makes this one unique to the lot.</param>
    /// <param name="member">The blob of the member's weights.</param>
    /// <param name="embeddings">(R, D), row by row.</param>
    /// <param name="width">D.</param>
    public static byte[] Write(string lot, string member, float[] embeddings, int width) => Safetensors.Write(
        [new NamedTensor(Name, [embeddings.Length / width, width], embeddings)],
        new Dictionary<string, string> { ["lot"] = lot, ["member"] = member });

    /// <returns>(R, D), row by row.</returns>
    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public static float[] Read(byte[] blob) => Safetensors.Read(blob)[Name].Values;
}
