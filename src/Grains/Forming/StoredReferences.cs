using System.Runtime.InteropServices;
using Siamese.Contracts.Tensors;
using Siamese.Model.Ensembles;

namespace Siamese.Grains.Forming;

/// <summary>A blob of training images: their embeddings by a version's members, their pixels, and how near validation images are to them.</summary>
/// <param name="Embeddings">For each member's trial, (R, D), row by row.</param>
/// <param name="Pixels">(R, 28, 28), row by row; empty for vectors.</param>
/// <param name="Density">Density of their pixels; null for vectors, or if an earlier build formed the version.</param>
/// <param name="Distances">For some validation images, the smallest combined distance to any of the training images.</param>
/// <param name="Looks">For each of those, how much it differs in looks from the most similar training image; empty for vectors.</param>
/// <param name="Densities">For each of those, its distance by the density; empty if that is null.</param>
internal sealed record StoredReferences(
    IReadOnlyDictionary<string, float[]> Embeddings, byte[] Pixels, PixelDensity? Density, float[] Distances, float[] Looks, float[] Densities)
{
    private const string PixelsName = "pixels";
    private const string DistancesName = "distances";
    private const string LooksName = "looks";
    private const string DensitiesName = "densities";
    private const string MeanName = "mean";
    private const string ComponentsName = "components";
    private const string VariancesName = "variances";

    /// <summary>Tensor names that no trial has as its id.</summary>
    private static readonly HashSet<string> _names = [PixelsName, DistancesName, LooksName, DensitiesName, MeanName, ComponentsName, VariancesName];

    /// <summary>Bytes are packed in eights, because an F32 or I64 tensor cannot hold them one by one.</summary>
    private const int Packed = sizeof(long);

    private readonly NoveltyScale _scale = Pixels.Length == 0 ? new(Distances) : Density is null ? new(Distances, Looks) : new(Distances, Looks, Densities);

    private readonly Appearances _appearances = new(Pixels);

    /// <summary>Bytes that it takes in memory in addition to the blob: pixels are compared as floats.</summary>
    public long Widened => (long)sizeof(float) * Pixels.Length;

    /// <summary>The share of validation images that are at least as novel as an image.</summary>
    /// <param name="distance">The image's smallest combined distance to any of the training images.</param>
    /// <param name="image">28·28 bytes; not used if the training images are vectors, which have no looks.</param>
    public double Share(float distance, ReadOnlySpan<byte> image)
    {
        if (Pixels.Length == 0)
            return _scale.Share(distance);
        var look = _appearances.Nearest(image);
        return Density is null ? _scale.Share(distance, look) : _scale.Share(distance, look, Density.Distance(image));
    }

    /// <param name="ensemble">Makes the blob unique to the version.</param>
    public byte[] Write(string ensemble) => Safetensors.Write(
        [
            new NamedTensor(PixelsName, [Pixels.Length / Packed], MemoryMarshal.Cast<byte, long>(Pixels).ToArray()),
            new NamedTensor(DistancesName, [Distances.Length], Distances),
            new NamedTensor(LooksName, [Looks.Length], Looks),
            .. Density is null ? [] : Tensors(Density, Densities),
            .. Embeddings.Select(member => new NamedTensor(member.Key, [member.Value.Length], member.Value)),
        ],
        new Dictionary<string, string> { ["ensemble"] = ensemble });

    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public static StoredReferences Read(byte[] blob)
    {
        var file = Safetensors.Read(blob);
        var density = file.Tensors.Any(tensor => tensor.Name == DensitiesName) ? DensityOf(file) : null;
        return new(
            file.Tensors.Where(tensor => !_names.Contains(tensor.Name)).ToDictionary(tensor => tensor.Name, tensor => tensor.Values),
            MemoryMarshal.AsBytes<long>(file[PixelsName].Integers).ToArray(),
            density,
            file[DistancesName].Values,
            file[LooksName].Values,
            density is null ? [] : file[DensitiesName].Values);
    }

    private static IEnumerable<NamedTensor> Tensors(PixelDensity density, float[] densities) =>
    [
        new(DensitiesName, [densities.Length], densities),
        new(MeanName, [density.Mean.Length], density.Mean),
        new(ComponentsName, [density.Variances.Length, density.Mean.Length], density.Components),
        new(VariancesName, [density.Variances.Length + 1], [.. density.Variances, density.Noise]),
    ];

    private static PixelDensity DensityOf(TensorFile file)
    {
        var variances = file[VariancesName].Values;
        var density = new PixelDensity(file[MeanName].Values, file[ComponentsName].Values, variances[..^1], variances[^1]);
        return density.Mean.Length == Appearances.Shape.Bytes && density.Components.Length == density.Variances.Length * density.Mean.Length
            ? density
            : throw new InvalidDataException("The density of its training images has tensors that do not match.");
    }
}
