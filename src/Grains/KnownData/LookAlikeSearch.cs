using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Grains.KnownData;

/// <summary>Finds images of a data set that look nearly like others, as <see cref="LookAlikes"/> says.</summary>
internal static class LookAlikeSearch
{
    /// <summary>Images that are compared; each takes some tens of bytes, and a small part of a millisecond.</summary>
    public const int MostImages = 200_000;

    /// <summary>Difference up to which two images are nearly the same.</summary>
    private const double Nearly = 0.02;

    /// <summary>Candidates that an image is compared with; more would take long, and say little about it.</summary>
    private const int MostCompared = 200;

    private const int MostExamples = 40;

    /// <summary>Pairs among which the examples are chosen, in two splits and in one each.</summary>
    private const int MostKept = 1000;

    private const int Cells = 8;

    private static readonly SplitPart[] _parts = Enum.GetValues<SplitPart>();

    /// <param name="data">The data set.</param>
    /// <param name="cancellation">Stops between images.</param>
    public static LookAlikes Of(DataSet data, CancellationToken cancellation)
    {
        var images = data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count;
        if (data.Kinds is InputKinds.Vectors)
            return new(0, images, [], []) { WhyNot = "Vectors are not compared, only images. Equal vectors are in the same split." };
        if (data.Training.Images.Shape is not ImageShape shape)
            return new(0, images, [], []) { WhyNot = "Pen strokes are not compared, only images." };
        var places = Places(data);
        var buckets = new Dictionary<ulong, List<int>>(places.Count);
        var counts = new Dictionary<(SplitPart, SplitPart), int>();
        var (between, within) = (new List<LookAlike>(), new List<LookAlike>());
        for (var image = 0; image < places.Count; image++)
        {
            cancellation.ThrowIfCancellationRequested();
            var pixels = Pixels(data, places[image]);
            var hash = HashOf(pixels, shape);
            var found = new HashSet<SplitPart>();
            foreach (var other in Neighbours(hash).SelectMany(near => buckets.GetValueOrDefault(near) ?? []).Take(MostCompared))
            {
                if (found.Contains(places[other].Part))
                    continue;
                var difference = Difference(Pixels(data, places[other]), pixels);
                if (difference > Nearly)
                    continue;
                found.Add(places[other].Part);
                if ((places[other].Part == places[image].Part ? within : between) is { Count: < MostKept } kept)
                    kept.Add(new(places[other], ClassOf(data, places[other]), places[image], ClassOf(data, places[image]), difference));
            }

            foreach (var part in found)
                counts[(part, places[image].Part)] = counts.GetValueOrDefault((part, places[image].Part)) + 1;
            if (!buckets.TryGetValue(hash, out var bucket))
                buckets.Add(hash, bucket = []);
            bucket.Add(image);
        }

        return new(
            places.Count,
            images,
            [.. _parts.SelectMany(first => _parts.Where(second => second >= first).Select(second => new LookAlikeCount(first, second, counts.GetValueOrDefault((first, second)))))],
            [.. between.OrderBy(pair => pair.Difference).Concat(within.OrderBy(pair => pair.Difference)).Take(MostExamples)]);
    }

    /// <summary>Which cells of the image are lighter than its mean. Colours are taken together.</summary>
    internal static ulong HashOf(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        Span<double> cells = stackalloc double[Cells * Cells];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var (row, column) = (cell / Cells, cell % Cells);
            var (sum, count) = (0L, 0);
            for (var y = row * shape.Height / Cells; y < Math.Max((row + 1) * shape.Height / Cells, row * shape.Height / Cells + 1); y++)
            {
                for (var x = column * shape.Width / Cells; x < Math.Max((column + 1) * shape.Width / Cells, column * shape.Width / Cells + 1); x++, count++)
                {
                    for (var channel = 0; channel < shape.Channels; channel++)
                        sum += pixels[channel * shape.Area + y * shape.Width + x];
                }
            }

            cells[cell] = (double)sum / count;
        }

        var mean = 0.0;
        foreach (var cell in cells)
            mean += cell / cells.Length;
        var hash = 0UL;
        foreach (var cell in cells)
            hash = hash << 1 | (cell > mean ? 1UL : 0);
        return hash;
    }

    /// <summary>How much two images differ, as a share of how much the second one differs from a plain surface.</summary>
    internal static double Difference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var (sum, difference, contrast) = (0L, 0L, 0.0);
        foreach (var pixel in other)
            sum += pixel;
        var mean = (double)sum / other.Length;
        for (var i = 0; i < one.Length; i++)
        {
            difference += Math.Abs(one[i] - other[i]);
            contrast += Math.Abs(other[i] - mean);
        }

        return difference == 0 ? 0 : difference / contrast;
    }

    private static IEnumerable<ulong> Neighbours(ulong hash) => Enumerable.Range(0, Cells * Cells).Select(bit => hash ^ (1UL << bit)).Prepend(hash);

    /// <summary>All images; if there are too many, as large a share of each split.</summary>
    private static List<PlaceInSplit> Places(DataSet data)
    {
        var share = Math.Min(1, MostImages / (double)_parts.Sum(part => SplitOf(data, part).Images.Count));
        return [.. _parts.SelectMany(part => Enumerable.Range(0, (int)(share * SplitOf(data, part).Images.Count)).Select(index => new PlaceInSplit(part, index)))];
    }

    /// <summary>A split of a data set.</summary>
    internal static DataSplit SplitOf(DataSet data, SplitPart part) => part switch
    {
        SplitPart.Training => data.Training,
        SplitPart.Validation => data.Validation,
        _ => data.Test,
    };

    private static ReadOnlySpan<byte> Pixels(DataSet data, PlaceInSplit place) => SplitOf(data, place.Part).Images[place.Index];

    private static string ClassOf(DataSet data, PlaceInSplit place) => SplitOf(data, place.Part).Images.Labels[place.Index] is >= 0 and var label ? data.Classes[label] : "";
}
