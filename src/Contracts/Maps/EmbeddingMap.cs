using System.Collections.Immutable;

namespace Siamese.Contracts.Maps;

/// <summary>Test images at the places of their embeddings.</summary>
/// <param name="Ensemble">Name of the ensemble.</param>
/// <param name="Version">Its version.</param>
/// <param name="Data">Name of the data.</param>
/// <param name="IsProjected">
/// Whether the places are principal components (Pearson 1901) of the members' embeddings side by side, each divided by the
/// member's threshold and multiplied by the root of its weight. Else they are the embeddings of the only member, which have two numbers.
/// </param>
/// <param name="Explained">The share of the variance that lies along each axis, 0 to 1.</param>
/// <param name="Images">The images.</param>
/// <param name="Classes">How well classes are kept apart, in the order of the data.</param>
[GenerateSerializer, Immutable, Alias("siamese.EmbeddingMap")]
public sealed record EmbeddingMap(
    string Ensemble, int Version, string Data, bool IsProjected, ImmutableArray<double> Explained, ImmutableArray<MappedImage> Images, ImmutableArray<MappedClass> Classes);

/// <summary>An image on a map.</summary>
/// <param name="Label">Its class.</param>
/// <param name="Index">Its index among the test images.</param>
/// <param name="Shift">Columns by which it was shifted to the right; 0 for the image itself.</param>
/// <param name="X">Its place on the first axis.</param>
/// <param name="Y">Its place on the second axis.</param>
/// <param name="Png">The image as a PNG file, as the first member sees it.</param>
[GenerateSerializer, Immutable, Alias("siamese.MappedImage")]
public sealed record MappedImage(string Label, int Index, int Shift, double X, double Y, ImmutableArray<byte> Png);

/// <summary>How a class lies among the others, by all dimensions of the embeddings.</summary>
/// <param name="Label">The class.</param>
/// <param name="Images">Number of its images on the map.</param>
/// <param name="Right">Number of them whose nearest image, other than copies of themselves, is of the same class.</param>
/// <param name="Confused">The class of most of the other nearest images; null if there are none.</param>
[GenerateSerializer, Immutable, Alias("siamese.MappedClass")]
public sealed record MappedClass(string Label, int Images, int Right, string? Confused);
