using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;

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

    /// <exception cref="BadInputException">A file is missing, present twice, or not what its name says.</exception>
    public static LabelledImages Read(string folder, ImageShape input, CancellationToken cancellation)
    {
        var files = Find(folder);
        var train = Open(folder, files, "train") ?? throw new BadInputException(
            $"{folder} contains no train-images-idx3-ubyte (or .gz). Add it and train-labels-idx1-ubyte.");
        cancellation.ThrowIfCancellationRequested();
        var test = Open(folder, files, "t10k");
        return test is null
            ? IdxImages.Pool(folder, [train], null, input, cancellation)
            : IdxImages.Pool(folder, [train, test], new GivenSplit(train.Images.Count, train.Images.Count), input, cancellation);
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

    private static IdxImages? Open(string folder, Dictionary<string, string> files, string part)
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

        return new IdxImages(part, IdxFile.Read(images, 3), IdxFile.Read(labels, 1)).Matched(images, labels);
    }
}
