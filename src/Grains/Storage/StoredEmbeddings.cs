using Siamese.Contracts.Tensors;

namespace Siamese.Grains.Storage;

/// <summary>Validation embeddings as a blob, so that forming an ensemble does not embed anything again.</summary>
internal static class StoredEmbeddings
{
    private const string Name = "validation";

    /// <param name="trial">The trial's id, stored so that no two trials share a blob.</param>
    /// <param name="embeddings">N·D numbers, row by row.</param>
    /// <param name="width">D.</param>
    public static byte[] Write(string trial, float[] embeddings, int width) => Safetensors.Write(
        [new NamedTensor(Name, [embeddings.Length / width, width], embeddings)],
        new Dictionary<string, string> { ["trial"] = trial });

    /// <returns>N·D numbers, row by row.</returns>
    /// <exception cref="InvalidDataException">The blob is not in this format.</exception>
    public static float[] Read(byte[] blob) => Safetensors.Read(blob)[Name].Values;
}
