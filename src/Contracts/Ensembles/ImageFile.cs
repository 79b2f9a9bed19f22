using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>An image file as the client read it.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Bytes">The whole file, at most <see cref="MaximumBytes"/>.</param>
[GenerateSerializer, Immutable, Alias("siamese.ImageFile")]
public sealed record ImageFile(string Name, ImmutableArray<byte> Bytes)
{
    /// <summary>20 MB; larger files are refused.</summary>
    public const int MaximumBytes = 20 * 1024 * 1024;
}
