using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// A folder of IDX files with MNIST's names, plain or `.gz`, with `-` or `.` before `idx`. Names may have a prefix, like
/// EMNIST's, and `test` instead of `t10k`. If there are `t10k` files, they are the test images, and a sixth of the
/// training images becomes validation. Otherwise the training images are split 70/15/15.
/// </summary>
internal static class IdxFolder
{
    /// <summary>Whether the folder contains a file with such a name.</summary>
    public static bool Recognizes(string folder) => Directory.EnumerateFiles(folder).Any(path => DataFiles.IdxName().IsMatch(Path.GetFileName(path)));

    /// <summary>Checks the headers of all files before it unpacks any of them.</summary>
    /// <exception cref="BadInputException">A file is missing, present twice, or not what its name says.</exception>
    public static LabelledImages Read(string folder, Reading reading)
    {
        var files = Find(folder);
        var train = Find(folder, files, "train") ?? throw new BadInputException(
            $"{folder} contains no train-images-idx3-ubyte (or .gz). Add it and train-labels-idx1-ubyte.");
        IdxPart[] parts = Find(folder, files, "t10k") is { } test ? [train, test] : [train];
        reading.Reserve(CountOf(parts), reading.Input, parts.Sum(part => part.Bytes));
        var read = new List<IdxImages>();
        foreach (var part in parts)
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            read.Add(part.Read());
        }

        var given = parts.Length == 1 ? null : new GivenSplit(train.Images.Count, train.Images.Count);
        return IdxImages.Pool(folder, read, given, reading);
    }

    private static int CountOf(IdxPart[] parts)
    {
        var count = parts.Sum(part => (long)part.Images.Count);
        return count <= Array.MaxLength ? (int)count : throw new BadInputException($"The files state {count} images, more than can be read. Give fewer.");
    }

    /// <summary>The files by their content, such as `train-images`.</summary>
    private static Dictionary<string, string> Find(string folder)
    {
        var files = new Dictionary<string, string>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var match = DataFiles.IdxName().Match(Path.GetFileName(path));
            if (!match.Success)
                continue;
            var part = match.Groups["part"].Value == "test" ? "t10k" : match.Groups["part"].Value;
            var holds = $"{part}-{match.Groups["what"].Value}";
            // A plain file comes before its own .gz in ordinal order, and needs no unpacking.
            if (!files.TryAdd(holds, path) && path != files[holds] + ".gz")
            {
                throw new BadInputException(
                    $"{folder} contains both {Path.GetFileName(files[holds])} and {Path.GetFileName(path)}. Keep only one set in the folder.");
            }
        }

        return files;
    }

    private static IdxPart? Find(string folder, Dictionary<string, string> files, string part)
    {
        var images = files.GetValueOrDefault($"{part}-images");
        var labels = files.GetValueOrDefault($"{part}-labels");
        if (images is null && labels is null)
            return null;
        if (images is null || labels is null)
        {
            var missing = labels is null ? $"{part}-labels-idx1-ubyte" : $"{part}-images-idx3-ubyte";
            throw new BadInputException($"{folder} contains {Path.GetFileName(images ?? labels)} but not the matching {missing} (or .gz). Add it.");
        }

        return IdxPart.Open(part, images, labels);
    }
}
