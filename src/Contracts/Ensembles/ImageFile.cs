using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>A file of an image, or of pen strokes, as the client read it.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Bytes">The whole file, at most <see cref="MaximumBytes"/>.</param>
[GenerateSerializer, Immutable, Alias("siamese.ImageFile")]
public sealed record ImageFile(string Name, ImmutableArray<byte> Bytes)
{
    /// <summary>20 MB; larger files are refused.</summary>
    public const int MaximumBytes = 20 * 1024 * 1024;

    /// <summary>The pen strokes that drew the image, for ensembles that take both; null if there are none.</summary>
    [Id(0)] public ImageFile? Strokes { get; init; }

    /// <summary>Bytes of its files.</summary>
    public long Size => Bytes.Length + (Strokes?.Bytes.Length ?? 0L);
}
