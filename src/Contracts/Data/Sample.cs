using System.Collections.Immutable;

namespace Siamese.Contracts.Data;

/// <summary>One test image to try a verdict with.</summary>
/// <param name="Label">Its class.</param>
/// <param name="Index">Its index among the test images, from 0.</param>
/// <param name="File">The image as a PNG file, the pen strokes as a CSV, or the vector as an .npy file.</param>
[GenerateSerializer, Immutable, Alias("siamese.Sample")]
public sealed record Sample(string Label, int Index, ImmutableArray<byte> File)
{
    /// <summary>Extension of the file's name.</summary>
    [Id(0)] public string Extension { get; init; } = ".png";

    /// <summary>Pen strokes of the same drawing as a CSV; default if the data has no drawing as both.</summary>
    [Id(1)] public ImmutableArray<byte> Strokes { get; init; }

    /// <summary>Pen strokes or a vector as a PNG picture to be looked at; default if the file is an image.</summary>
    [Id(2)] public ImmutableArray<byte> Picture { get; init; }
}
