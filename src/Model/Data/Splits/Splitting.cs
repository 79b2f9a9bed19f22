using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Pairs;
using Siamese.Model.Data.Readers;

namespace Siamese.Model.Data.Splits;

/// <summary>Makes a data set from labelled images: deals them to the splits and checks that each split is usable.</summary>
internal static class Splitting
{
    /// <exception cref="BadInputException">Too few classes or images, or a way of splitting that the data does not allow.</exception>
    public static DataSet Split(LabelledImages data, string name, SplitBy splitBy)
    {
        LabelledFiles.CheckClasses(data.Source, data.ByClass().Count(images => images.Count > 1), data.Remarks);
        var parts = Deal(data, splitBy);
        var remarks = data.Remarks.ToList();
        var singles = data.ByClass().Where(images => images.Count == 1).Select(images => images[0]).ToArray();
        if (singles.Length > 0)
            remarks.Add($"Classes left out because they have only one image: {singles.Length}, such as {data.Classes[data.Images.Labels[singles[0]]]}.");
        if (parts.Count(part => part == Part.None) - singles.Length is var twins and > 0)
            remarks.Add($"Training or validation images left out because the same images are in another split: {twins}.");
        if (data.Source != MnistMini.Name && data.Images.Shape is ImageShape)
            remarks.AddRange(new[] { NearDuplicates.Remark(data.Images, data.Contents, data.NameOf), InkTone.Remark(data.Images, data.NameOf) }.OfType<string>());
        return new DataSet
        {
            Name = name,
            Fingerprint = data.Content.Fingerprint(splitBy, null),
            Kinds = data.Kinds,
            Classes = data.Classes,
            Training = Take(data, parts, Part.Training, remarks),
            Validation = Take(data, parts, Part.Validation, remarks),
            Test = Take(data, parts, Part.Test, remarks),
            TypicalSize = data.TypicalSize,
            Remarks = remarks,
        };
    }

    /// <summary>The test images of the data under this split.</summary>
    /// <exception cref="BadInputException">The data does not allow this way of splitting.</exception>
    public static int[] TestImages(LabelledImages data, SplitBy splitBy)
    {
        var parts = Deal(data, splitBy);
        return [.. Enumerable.Range(0, parts.Length).Where(image => parts[image] == Part.Test)];
    }

    private static Part[] Deal(LabelledImages data, SplitBy splitBy)
    {
        var parts = splitBy switch
        {
            SplitBy.Image => ImageSplit.Deal(data),
            SplitBy.Class => ClassSplit.DealClasses(data),
            SplitBy.Group => ClassSplit.DealGroups(data),
            _ => throw new ArgumentOutOfRangeException(nameof(splitBy)),
        };
        foreach (var single in data.ByClass().Where(images => images.Count == 1))
            parts[single[0]] = Part.None;
        return parts;
    }

    private static DataSplit Take(LabelledImages data, Part[] parts, Part part, IEnumerable<string> remarks)
    {
        int[] chosen = [.. Enumerable.Range(0, parts.Length).Where(i => parts[i] == part)];
        var images = data.Images.Select(chosen);
        var forged = data.Forged is { } isForged ? Array.ConvertAll(chosen, i => isForged[i]) : null;
        var pairs = forged is null ? null : ForgeryPairs.Of(images.Labels, forged);
        if (Lacking(images, pairs) is { } lacking)
        {
            throw new BadInputException(string.Join(' ', [
                $"{data.Source} has too few images: {part.ToString().ToLowerInvariant()} would get {images.Count} images and no {lacking} pair. Add images (six or more per class), or use 'split-by' class if there are many classes.",
                .. remarks]));
        }

        return new DataSplit(images, pairs, forged);
    }

    /// <summary>The kind of pair that there is none of; null if there are both.</summary>
    private static string? Lacking(ImageSet images, ImagePair[]? pairs)
    {
        if (pairs is not null)
            return Array.Exists(pairs, pair => pair.Relation is Relation.Same) ? Array.Exists(pairs, pair => pair.Relation is Relation.Different) ? null : "different" : "same";
        var counts = images.Labels.CountBy(label => label).ToList();
        return counts.Count < 2 ? "different" : counts.All(ofClass => ofClass.Value < 2) ? "same" : null;
    }
}

/// <summary>The split that an image belongs to.</summary>
internal enum Part
{
    Training,
    Validation,
    Test,

    /// <summary>In no split, such as a training image that is also a test image.</summary>
    None,
}
