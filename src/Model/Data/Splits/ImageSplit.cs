using Siamese.Model.Data.Readers;

namespace Siamese.Model.Data.Splits;

/// <summary>
/// Splits the images of each class: 70 % training, 15 % validation, 15 % test. If the data has its own splits but no
/// validation or no test images, a sixth of the training images becomes these. Copies of an image stay in one split.
/// </summary>
internal static class ImageSplit
{
    /// <summary>A split needs two images of a class for a same pair; with six, each split can have two.</summary>
    private const int EnoughForAllParts = 6;

    /// <summary>The part of each image; <see cref="Part.None"/> for an image with a copy in a part that the data defines.</summary>
    public static Part[] Deal(LabelledImages data)
    {
        var parts = new Part[data.Images.Count];
        var shuffle = new SeededShuffle(data.Content.Seed);
        var taken = new HashSet<UInt128>();
        foreach (var images in data.ByClassAndKind())
        {
            if (data.Given is { } given)
                DealGiven(images, given, data, taken, shuffle, parts);
            else
                DealUnits(Units(images, data.Contents), Quota(images.Count, 0.15), Quota(images.Count, 0.15), shuffle, parts);
        }

        return parts;
    }

    private static void DealGiven(
        List<int> images, GivenSplit given, LabelledImages data, HashSet<UInt128> taken, SeededShuffle shuffle, Part[] parts)
    {
        var contents = data.Contents;
        foreach (var i in images.Where(i => i >= given.TestFrom))
        {
            parts[i] = Part.Test;
            taken.Add(contents[i]);
        }

        foreach (var i in images.Where(i => i >= given.ValidationFrom && i < given.TestFrom))
        {
            parts[i] = taken.Contains(contents[i]) ? Part.None : Part.Validation;
            taken.Add(contents[i]);
        }

        var rest = new List<int>();
        foreach (var i in images.Where(i => i < given.ValidationFrom))
        {
            if (taken.Contains(contents[i]))
                parts[i] = Part.None;
            else
                rest.Add(i);
        }

        var validation = given.ValidationFrom == given.TestFrom ? Quota(rest.Count, 1.0 / 6) : 0;
        var test = given.TestFrom == data.Images.Count ? Quota(rest.Count, 1.0 / 6) : 0;
        DealUnits(Units(rest, contents), validation, test, shuffle, parts);
    }

    /// <summary>Rounded, but at least two if the class has enough images.</summary>
    private static int Quota(int images, double share) =>
        Math.Max((int)Math.Round(images * share), images >= EnoughForAllParts ? 2 : 0);

    /// <summary>Training first, so that a class made of copies of one image stays in training.</summary>
    private static void DealUnits(List<List<int>> units, int validation, int test, SeededShuffle shuffle, Part[] parts)
    {
        var training = units.Sum(unit => unit.Count) - validation - test;
        var dealt = 0;
        foreach (var unit in shuffle.Order(units.Count).Select(i => units[i]))
        {
            var part = dealt < training ? Part.Training : dealt < training + validation ? Part.Validation : Part.Test;
            foreach (var i in unit)
                parts[i] = part;
            dealt += unit.Count;
        }
    }

    private static List<List<int>> Units(List<int> images, UInt128[] contents)
    {
        var units = new List<List<int>>();
        var unitOf = new Dictionary<UInt128, List<int>>();
        foreach (var i in images)
        {
            if (!unitOf.TryGetValue(contents[i], out var unit))
            {
                unitOf.Add(contents[i], unit = []);
                units.Add(unit);
            }

            unit.Add(i);
        }

        return units;
    }
}
