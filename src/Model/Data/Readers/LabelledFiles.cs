using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Readers;

/// <summary>Reads image files whose classes are known, from their folders, their names or a list.</summary>
internal static class LabelledFiles
{
    /// <summary>Part of the content's hash if images are left out that earlier builds kept: it is then other data.</summary>
    public const string WithoutTwins = "without images in two classes";

    /// <exception cref="BadInputException">There are too few classes, or images cannot be read.</exception>
    public static LabelledImages Read(string source, FoundImages found, Reading reading)
    {
        reading = reading.Of(found.Kinds);
        return Read(source, found, reading, images => ImageFiles.Read(source, [.. images.Select(image => new ImageFileName(image.Path, image.Path, image.Strokes))], reading));
    }

    /// <param name="source">What messages call the data.</param>
    /// <param name="found">Its items.</param>
    /// <param name="reading">How they are read.</param>
    /// <param name="readItems">Reads some of the items.</param>
    /// <exception cref="BadInputException">There are too few classes, or items cannot be read.</exception>
    public static LabelledImages Read(string source, FoundImages found, Reading reading, Func<IReadOnlyList<FoundImage>, ImageFiles> readItems)
    {
        var remarks = found.Sentences.ToList();
        FoundImage[] images = [.. WithoutSingles(found.Images, remarks)];
        CheckGroups(source, images);
        CheckClasses(source, images.DistinctBy(image => image.Class).Count(), remarks);
        remarks.AddRange(ClassNames.Remarks(images.Select(image => image.Class).Distinct()));
        var read = readItems(images);
        remarks.AddRange(read.Remarks);
        int[] kept = [.. read.Kept];
        var twins = InTwoClasses(kept.Select(KindOf), read.Contents);
        if (twins.Count > 0)
        {
            var example = Enumerable.Range(0, kept.Length).First(i => twins.Contains(read.Contents[i]));
            remarks.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{(found.Kinds is InputKinds.Vectors ? "Vectors left out because equal ones are" : "Images left out because the same picture is")} in two classes{(Array.Exists(images, image => image.IsForged) ? ", or is both genuine and forged" : "")}: {read.Contents.Count(twins.Contains)}, such as {images[kept[example]].Path} and {Twin(example)}."));
        }

        int[] chosen = [.. Enumerable.Range(0, kept.Length).Where(i => !twins.Contains(read.Contents[i]))];
        var single = Singles(chosen.Select(i => images[kept[i]].Class));
        if (kept.Length < images.Length || twins.Count > 0)
        {
            Remark(remarks, single);
            chosen = [.. chosen.Where(i => !single.Contains(images[kept[i]].Class))];
        }

        FoundImage[] final = [.. chosen.Select(i => images[kept[i]])];
        string[] classes = [.. final.Select(image => image.Class).Distinct()];
        var numbers = classes.Select((name, number) => (name, number)).ToDictionary(named => named.name, named => named.number);
        int[] labels = [.. final.Select(image => numbers[image.Class])];
        var forged = Array.ConvertAll(final, image => image.IsForged);
        var haveForged = forged.Contains(true);
        if (haveForged)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"Forged images: {forged.Count(isForged => isForged)} of {forged.Length}. They are different from the genuine images of their class, and never the same as one another."));
        var pixels = chosen.Length == kept.Length ? read.Pixels : ImageSet.Pick(read.Pixels, reading.Input, chosen);
        return new LabelledImages
        {
            Source = source,
            Images = new ImageSet(reading.Input, pixels, labels),
            Classes = classes,
            GroupOfClass = final.Length == 0 || final[0].Group is null ? null : [.. final.DistinctBy(image => image.Class).Select(image => image.Group!)],
            Files = [.. final.Select(image => image.Path)],
            Contents = [.. chosen.Select(i => read.Contents[i])],
            Content = ContentHash.Of(
                final.Select((image, i) => (image.Name, read.Sha256[chosen[i]])).OrderBy(file => file.Name, StringComparer.Ordinal), [.. read.ReadAs, twins.Count > 0 ? WithoutTwins : null, LabelHash.Of(final)]),
            Given = GivenBy(final),
            Kinds = found.Kinds,
            TypicalSize = read.TypicalSize,
            Forged = haveForged ? forged : null,
            Drawers = DrawerNames.Read(final.Select(image => Path.GetFileName(image.Path))),
            Remarks = remarks,
        };

        string Twin(int of) => images[kept[Enumerable.Range(0, kept.Length).First(i => read.Contents[i] == read.Contents[of] && KindOf(kept[i]) != KindOf(kept[of]))]].Path;

        (string Class, bool IsForged) KindOf(int image) => (images[image].Class, images[image].IsForged);
    }

    /// <summary>The contents that occur in more than one class.</summary>
    public static HashSet<UInt128> InTwoClasses<T>(IEnumerable<T> classes, IReadOnlyList<UInt128> contents)
        where T : notnull
    {
        var classOf = new Dictionary<UInt128, T>(contents.Count);
        var twins = new HashSet<UInt128>();
        var i = 0;
        foreach (var ofClass in classes)
        {
            if (!classOf.TryAdd(contents[i], ofClass) && !classOf[contents[i]].Equals(ofClass))
                twins.Add(contents[i]);
            i++;
        }

        return twins;
    }

    private static IEnumerable<FoundImage> WithoutSingles(IReadOnlyList<FoundImage> images, List<string> remarks)
    {
        var single = Singles(images.Select(image => image.Class));
        Remark(remarks, single);
        return images.Where(image => !single.Contains(image.Class));
    }

    private static HashSet<string> Singles(IEnumerable<string> classes) =>
        [.. classes.CountBy(name => name).Where(ofClass => ofClass.Value == 1).Select(ofClass => ofClass.Key)];

    private static void Remark(List<string> remarks, HashSet<string> single)
    {
        if (single.Count > 0)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"Classes left out because they have only one image: {single.Count}, such as {single.First()}."));
    }

    /// <exception cref="BadInputException">There are fewer than two classes; the message says what was left out.</exception>
    public static void CheckClasses(string source, int count, IEnumerable<string> remarks)
    {
        if (count < 2)
            throw new BadInputException(string.Join(' ', [$"{source} has {count} {(count == 1 ? "class" : "classes")} with at least two images; two are needed. Add another class.{DataFiles.Hint(source)}", .. remarks]));
    }

    private static void CheckGroups(string source, FoundImage[] images)
    {
        if (images.DistinctBy(image => image.Group is null).ToArray() is [var one, var other, ..])
            throw new BadInputException($"{source} has images with a group and without one (such as {one.Path} and {other.Path}). Use one of the two throughout.");
        foreach (var ofClass in images.DistinctBy(image => (image.Class, image.Group)).GroupBy(image => image.Class))
        {
            if (ofClass.ToArray() is [var here, var there, ..])
            {
                throw new BadInputException(
                    $"{source} has the class {here.Class} in the groups {here.Group} and {there.Group} (such as {here.Path} and {there.Path}). A group consists of whole classes. If these are two classes, give them different names, such as {here.Group}/{here.Class}; if they are one, leave the group out.");
            }
        }
    }

    /// <summary>The splits of the images, which are ordered by them; null if the data has no splits.</summary>
    private static GivenSplit? GivenBy(FoundImage[] images)
    {
        if (images.Length == 0 || images[0].Part is null)
            return null;
        var training = images.Count(image => image.Part is SplitPart.Training);
        var validation = images.Count(image => image.Part is SplitPart.Validation);
        return new GivenSplit(training, training + validation);
    }
}
