using Siamese.Model.Checkpoints;

namespace Siamese.Grains.Training;

/// <summary>Validation embeddings as a blob, so that an ensemble is formed without embedding anything again.</summary>
internal static class StoredEmbeddings
{
    private const string Name = "validation";

    /// <param name="trial">Makes the blob the trial's own, so that no two trials share one.</param>
    /// <param name="embeddings">N·D numbers, row by row.</param>
    /// <param name="width">D.</param>
    public static byte[] Write(string trial, float[] embeddings, int width) => Safetensors.Write(
        [new NamedTensor(Name, [embeddings.Length / width, width], embeddings)],
        new Dictionary<string, string> { ["trial"] = trial });

    /// <returns>N·D numbers, row by row.</returns>
    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public static float[] Read(byte[] blob) => Safetensors.Read(blob)[Name].Values;
}
