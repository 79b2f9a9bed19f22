using System.Runtime.InteropServices;
using Siamese.Model.Checkpoints;
using Siamese.Model.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <summary>Training images as a version's members see them and as they look, and how near to them validation images are, as a blob.</summary>
/// <param name="Embeddings">For each member's trial (R, D), row by row.</param>
/// <param name="Pixels">(R, 28, 28), row by row.</param>
/// <param name="Distances">Of some validation images the smallest combined distance to any of them.</param>
/// <param name="Looks">How unlike the most similar of them each of those looks.</param>
internal sealed record StoredReferences(IReadOnlyDictionary<string, float[]> Embeddings, byte[] Pixels, float[] Distances, float[] Looks)
{
    private const string PixelsName = "pixels";
    private const string DistancesName = "distances";
    private const string LooksName = "looks";

    /// <summary>Bytes that an F32 or I64 tensor cannot hold one by one are packed by eight.</summary>
    private const int Packed = sizeof(long);

    public NoveltyScale Scale { get; } = new(Distances, Looks);

    public Appearances Appearances { get; } = new(Pixels);

    /// <param name="ensemble">Makes the blob the version's own, so that no two share one.</param>
    public byte[] Write(string ensemble) => Safetensors.Write(
        [
            new NamedTensor(PixelsName, [Pixels.Length / Packed], MemoryMarshal.Cast<byte, long>(Pixels).ToArray()),
            new NamedTensor(DistancesName, [Distances.Length], Distances),
            new NamedTensor(LooksName, [Looks.Length], Looks),
            .. Embeddings.Select(member => new NamedTensor(member.Key, [member.Value.Length], member.Value)),
        ],
        new Dictionary<string, string> { ["ensemble"] = ensemble });

    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public static StoredReferences Read(byte[] blob)
    {
        var file = Safetensors.Read(blob);
        return new(
            file.Tensors.Where(tensor => tensor.Name is not (PixelsName or DistancesName or LooksName)).ToDictionary(tensor => tensor.Name, tensor => tensor.Values),
            MemoryMarshal.AsBytes<long>(file[PixelsName].Integers).ToArray(),
            file[DistancesName].Values,
            file[LooksName].Values);
    }
}
