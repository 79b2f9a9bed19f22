using System.Collections.Immutable;

namespace Siamese.Contracts.Data;

/// <summary>Two test images side by side.</summary>
/// <param name="First">Class of the left image.</param>
/// <param name="Second">Class of the right image.</param>
/// <param name="Png">Both as one PNG file.</param>
[GenerateSerializer, Immutable, Alias("siamese.SamplePair")]
public sealed record SamplePair(string First, string Second, ImmutableArray<byte> Png)
{
    /// <summary>Both as files of their own, to ask for a verdict on them; empty in an answer of an earlier build.</summary>
    [Id(0)] public ImmutableArray<Sample> Samples { get; init; } = [];
}
