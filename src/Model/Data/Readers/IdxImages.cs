using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Readers;

/// <summary>A file of images and the file of their labels.</summary>
/// <param name="Part">`train`, `validation` or `t10k`.</param>
/// <param name="Images">N·H·W values.</param>
/// <param name="Labels">N values.</param>
internal sealed record IdxImages(string Part, IdxFile Images, IdxFile Labels)
{
    private int Height => Images.Sizes[1];

    private int Width => Images.Sizes[2];

    /// <summary>Pools the parts, in order, in the wanted shape. Each class is named after its number.</summary>
    public static LabelledImages Pool(
        string source, IReadOnlyList<IdxImages> parts, GivenSplit? given, Reading reading)
    {
        var numbers = parts.SelectMany(part => part.Labels.Values).Distinct().Order().ToArray();
        var count = parts.Sum(part => part.Images.Count);
        var (labels, contents) = (new int[count], new UInt128[count]);
        var pixels = ItemBuffer.Read(count, reading, (i, input, its) =>
        {
            var (part, index) = Find(parts, i);
            contents[i] = ContentHash.Short(part.Stored(index));
            labels[i] = Array.BinarySearch(numbers, part.Labels.Values[index]);
            part.CopyTo(its, index, (ImageShape)input);
            return true;
        });

        var all = new LabelledImages
        {
            Source = source,
            Images = new ImageSet(reading.Input, pixels, labels),
            Classes = [.. numbers.Select(number => $"{number}")],
            Contents = contents,
            Content = ContentHash.Of(parts.SelectMany(part => part.Hashes())),
            Given = given,
            TypicalSize = new(parts[0].Height, parts[0].Width),
        };
        return LabelledFiles.InTwoClasses(labels, contents) is { Count: > 0 } twins
            ? Without(twins, all, ContentHash.Of(parts.SelectMany(part => part.Hashes()), LabelledFiles.WithoutTwins))
            : all;
    }

    /// <summary>The images whose picture is in one class only.</summary>
    private static LabelledImages Without(HashSet<UInt128> twins, LabelledImages all, ContentHash content)
    {
        int[] kept = [.. Enumerable.Range(0, all.Contents.Length).Where(i => !twins.Contains(all.Contents[i]))];
        return all with
        {
            Images = all.Images.Select(kept),
            Contents = [.. kept.Select(i => all.Contents[i])],
            Content = content,
            Given = all.Given is { } given ? new(kept.Count(i => i < given.ValidationFrom), kept.Count(i => i < given.TestFrom)) : null,
            Remarks = [$"Images left out because the same picture is in two classes: {all.Contents.Length - kept.Length}."],
        };
    }

    /// <summary>The part of an image of all parts, and its index there.</summary>
    private static (IdxImages Part, int Index) Find(IReadOnlyList<IdxImages> parts, int index)
    {
        var part = 0;
        while (index >= parts[part].Images.Count)
            index -= parts[part++].Images.Count;
        return (parts[part], index);
    }

    private ReadOnlySpan<byte> Stored(int index) => Images.Values.AsSpan(index * Height * Width, Height * Width);

    private void CopyTo(Span<byte> target, int index, ImageShape input)
    {
        if (new ImageShape(Height, Width) == input)
            Stored(index).CopyTo(target);
        else
            Fitting.Apply(new Picture(Width, Height, Stored(index).ToArray()), input).CopyTo(target);
    }

    private IEnumerable<(string Name, byte[] Sha256)> Hashes() => [($"{Part}-images", Images.Sha256), ($"{Part}-labels", Labels.Sha256)];
}
