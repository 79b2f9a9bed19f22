namespace Siamese.Model.Data;

/// <summary>
/// Splits image by image, class by class: 70 % training, 15 % validation, 15 % test; where the data brings its own test
/// images, a sixth of the rest is validation. An image that is there twice under one class stays in one split.
/// </summary>
internal static class ImageSplit
{
    /// <summary>Below two images a split has no same pair of the class; with six each split can have its two.</summary>
    private const int EnoughForAllParts = 6;

    /// <summary>The part of each image; <see cref="Part.None"/> for an image whose twin lies in a part that the data fixes.</summary>
    public static Part[] Deal(LabelledImages data)
    {
        var parts = new Part[data.Images.Count];
        var shuffle = new SeededShuffle(data.Content.Seed);
        foreach (var images in data.ByClass())
        {
            if (data.Given is { } given)
                DealGiven(images, given, data.Contents, shuffle, parts);
            else
                DealUnits(Units(images, data.Contents), Quota(images.Count, 0.15), Quota(images.Count, 0.15), shuffle, parts);
        }

        return parts;
    }

    private static void DealGiven(List<int> images, GivenSplit given, UInt128[] contents, SeededShuffle shuffle, Part[] parts)
    {
        var taken = new HashSet<UInt128>();
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
        DealUnits(Units(rest, contents), validation, 0, shuffle, parts);
    }

    /// <summary>Rounded, but two where the class can spare them.</summary>
    private static int Quota(int images, double share) =>
        Math.Max((int)Math.Round(images * share), images >= EnoughForAllParts ? 2 : 0);

    /// <summary>Training first: a class that is one image many times over stays something to learn from.</summary>
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
