using System.Collections.Immutable;
using Siamese.Contracts.Galleries;
using Siamese.Model.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>All that was enrolled at one moment, as the members of an ensemble see it, in memory.</summary>
/// <param name="Stamp">The gallery's, at that moment.</param>
/// <param name="Lots">Its lots, each with what there is to search.</param>
internal sealed record GalleryIndex(string Stamp, ImmutableArray<(GalleryLot Lot, EnrolledLot Seen)> Lots)
{
    /// <summary>References that a thread searches at least: fewer are not worth another.</summary>
    private const int Part = 4096;

    public static GalleryIndex Empty { get; } = new("", []);

    /// <summary>Number of references.</summary>
    public int Count { get; } = Lots.Sum(lot => lot.Lot.References.Length);

    public long Bytes { get; } = Lots.Sum(lot => lot.Seen.Bytes);

    /// <summary>How many threads are to search it, of so many.</summary>
    public int PartsOf(int threads) => Math.Clamp(Count / Part, 1, threads);

    /// <summary>Searches every so many'th lot.</summary>
    public NearestNames Search(Probe probe, int top, int part, int parts)
    {
        var nearest = new NearestNames(top);
        for (var lot = part; lot < Lots.Length; lot += parts)
            probe.Search(Lots[lot].Seen, lot, nearest);
        return nearest;
    }
}
