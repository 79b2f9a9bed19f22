using System.Globalization;

namespace Siamese.Contracts.Data;

/// <summary>Decides which files are items of a data set, by their names: images, pen strokes, or both for the same item.</summary>
public static class InputFiles
{
    /// <summary>The formats of pen strokes in a sentence.</summary>
    public const string StrokeFormats = "CSV, JSON, InkML, or text as in Omniglot, SVC2004, SUSIG or SigComp2009";

    /// <summary>Folders are searched for images this deep.</summary>
    private const int Deepest = 8;

    private static readonly string[] _strokeExtensions = [".txt", ".csv", ".tsv", ".json", ".inkml", ".hwr", ".sig"];

    /// <summary>Whether a file with this name counts as an item of data of these kinds. If it has both, images count.</summary>
    public static bool Counts(this InputKinds kinds, string name) => kinds switch
    {
        InputKinds.Strokes => IsStrokes(name),
        InputKinds.Vectors => !name.StartsWith('.') && LooksLikeVector(name),
        _ => DataFiles.IsImage(name),
    };

    /// <summary>Whether a text looks like the path of a file with one vector.</summary>
    public static bool LooksLikeVector(string text) => Path.GetExtension(text).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file with this name can hold pen strokes.</summary>
    public static bool IsStrokes(string name) => !name.StartsWith('.') && LooksLikeStrokes(name);

    /// <summary>Whether a text looks like the path of a file of pen strokes.</summary>
    public static bool LooksLikeStrokes(string text) => _strokeExtensions.Contains(Path.GetExtension(text).ToLowerInvariant());

    /// <summary>The formats of items in a sentence.</summary>
    public static string FormatsOf(InputKinds kinds) => kinds is InputKinds.Strokes ? $"pen strokes ({StrokeFormats})" : kinds is InputKinds.Vectors ? ".npy files" : $"{DataFiles.Formats} images";

    /// <summary>What messages call its items.</summary>
    public static string Noun(this InputKinds kinds) => kinds switch { InputKinds.Strokes => "files of pen strokes", InputKinds.Vectors => "vectors", _ => "images" };

    /// <summary>The same at the start of a sentence.</summary>
    public static string CapitalNoun(this InputKinds kinds) => kinds switch { InputKinds.Strokes => "Files of pen strokes", InputKinds.Vectors => "Vectors", _ => "Images" };

    /// <summary>Why a file does not count, after "they"; null if it counts, or is the other side of one that does.</summary>
    public static string? WhyNot(InputKinds kinds, string name) =>
        kinds.Counts(name) || (kinds is InputKinds.Both && IsStrokes(name)) ? null
        : kinds is not InputKinds.Strokes ? DataFiles.WhyNot(name)
        : name.StartsWith('.') ? "are hidden"
        : DataFiles.IsImage(name) ? "are images" : "are not pen strokes";

    /// <summary>What a folder has: images if there are any, else vectors or pen strokes if there are any.</summary>
    /// <param name="root">The data set's folder.</param>
    /// <param name="stated">What the user says; null if nothing.</param>
    /// <param name="areLoose">Whether files directly in the folder count; without it, a list there is not taken for pen strokes.</param>
    public static InputKinds In(string root, InputKinds? stated, bool areLoose = false)
    {
        if (stated is { } kinds)
            return kinds;
        var (strokes, vectors) = (0, 0);
        // Images in a wrong place, or in a format that is not read, are images all the same: the messages about them help.
        if (Directory.EnumerateFiles(root).Any(path => IsAnyImage(Path.GetFileName(path))))
            return InputKinds.Images;
        foreach (var name in Below(root, root, areLoose, 0))
        {
            if (IsAnyImage(name))
                return InputKinds.Images;
            strokes += IsStrokes(name) ? 1 : 0;
            vectors += LooksLikeVector(name) ? 1 : 0;
        }

        // Files of text may lie beside vectors and say what they are.
        return vectors > 0 && vectors >= strokes ? InputKinds.Vectors : strokes > 0 ? InputKinds.Strokes : InputKinds.Images;

        static bool IsAnyImage(string name) => DataFiles.IsImage(name) || DataFiles.IsOtherImage(name);
    }

    /// <summary>The items that there are both as images and as pen strokes, if that is what the data is to have.</summary>
    /// <param name="found">Images.</param>
    /// <param name="kinds">What the data is to have.</param>
    internal static FoundImages With(this FoundImages found, InputKinds kinds)
    {
        found = found with { Kinds = kinds };
        if (kinds is not InputKinds.Both)
            return found;
        FoundImage[] all = [.. found.Images.Select(image => image with { Strokes = StrokesBeside(image.Path) })];
        FoundImage[] both = [.. all.Where(image => image.Strokes is not null)];
        return found with
        {
            Images = both,
            LeftOut = both.Length == all.Length ? found.LeftOut :
            [
                .. found.LeftOut,
                string.Create(CultureInfo.InvariantCulture, $"Images left out because no file of pen strokes with the same name is beside them: {all.Length - both.Length}, such as {all.First(image => image.Strokes is null).Path}."),
            ],
        };
    }

    /// <summary>The file of pen strokes with an image's name in the image's folder; null if there is none.</summary>
    public static string? StrokesBeside(string image) =>
        _strokeExtensions.Select(extension => Path.ChangeExtension(image, extension)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Below(string root, string folder, bool counts, int depth)
    {
        var here = !counts ? [] : Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path));
        return depth == Deepest ? here : here.Concat(DataFiles.Folders(root, folder).SelectMany(inner => Below(root, inner, true, depth + 1)));
    }
}
