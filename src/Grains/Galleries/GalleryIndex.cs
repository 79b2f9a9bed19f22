using System.Collections.Immutable;
using Siamese.Model.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>Everything that was enrolled at one moment, embedded by the members of an ensemble, in memory.</summary>
/// <param name="Stamp">The gallery's stamp at that moment.</param>
/// <param name="Lots">Its lots, each with the embeddings to search.</param>
internal sealed record GalleryIndex(string Stamp, ImmutableArray<(GalleryLot Lot, EnrolledLot Seen)> Lots)
{
    /// <summary>Minimum number of references for each thread: fewer are not worth another one.</summary>
    private const int Part = 4096;

    public static GalleryIndex Empty { get; } = new("", []);

    /// <summary>Number of references.</summary>
    public int Count { get; } = Lots.Sum(lot => lot.Lot.References.Length);

    public long Bytes { get; } = Lots.Sum(lot => lot.Seen.Bytes);

    /// <summary>Number of threads to search it with, of those available.</summary>
    public int PartsOf(int threads) => Math.Clamp(Count / Part, 1, threads);

    /// <summary>Searches one part: every lot whose index modulo <paramref name="parts"/> is <paramref name="part"/>.</summary>
    public NearestNames Search(Probe probe, int top, int part, int parts)
    {
        var nearest = new NearestNames(top);
        for (var lot = part; lot < Lots.Length; lot += parts)
            probe.Search(Lots[lot].Seen, lot, nearest);
        return nearest;
    }
}
