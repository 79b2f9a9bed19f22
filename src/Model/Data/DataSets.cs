using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Data;

/// <summary>Opens the data that a user names. The only way to get a <see cref="DataSet"/>.</summary>
public static class DataSets
{
    /// <summary>
    /// Reads, checks and splits the data. Blocks until it is done (seconds for 60,000 images), so call it on a dedicated
    /// thread. Images are decoded on more threads outside the thread pool.
    /// </summary>
    /// <param name="source">Location of the data and how to split it.</param>
    /// <param name="input">Shape that every image is resized to.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <param name="moved">The folder in which the data arrived from another machine; null if the data was not moved.</param>
    /// <exception cref="BadInputException">The data is invalid. The message names the file, and the row or class, and says what to do.</exception>
    public static DataSet Open(DataSource source, InputShape input, CancellationToken cancellation, MovedFolder? moved = null) =>
        Read(source, input, moved, (labelled, name) => Splitting.Split(labelled, name, source.SplitBy), PairFileSplit.Of, cancellation);

    /// <summary>Reads and checks all of the data for evaluation, without splitting it. Otherwise like <see cref="Open"/>.</summary>
    /// <inheritdoc cref="Open"/>
    public static WholeData OpenWhole(DataSource source, InputShape input, CancellationToken cancellation, MovedFolder? moved = null) =>
        Read(source, input, moved, WholeData.Of, WholeData.Of, cancellation);

    private static T Read<T>(
        DataSource source, InputShape input, MovedFolder? moved, Func<LabelledImages, string, T> ofImages, Func<PairFileContent, T> ofPairs,
        CancellationToken cancellation)
    {
        try
        {
            var path = source.Path is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Path));
            if (path is not null && File.Exists(path))
                return ofPairs(ReadFile(path, source, input, moved, cancellation));
            if (source.LabelMeans is not null)
                throw new BadInputException($"'label-means' needs a CSV of pairs, and {path ?? MnistMini.Name} is not one. Leave it out.");
            if (path is null)
                return ofImages(MnistMini.Read(input, cancellation), MnistMini.Name);
            if (!Directory.Exists(path))
                throw new BadInputException($"{path} does not exist. Give 'data' a folder of images, a folder of IDX files or a .csv of pairs.");
            var name = Path.GetFileName(path) is { Length: > 0 } folder ? folder : path;
            return ofImages(
                IdxFolder.Recognizes(path) ? IdxFolder.Read(path, input, cancellation) : ImageFolder.Read(path, input, cancellation), name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{source.Path} cannot be read ({error.Message}). Check its permissions.", error);
        }
    }

    private static PairFileContent ReadFile(string path, DataSource source, InputShape input, MovedFolder? moved, CancellationToken cancellation) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? PairFile.Read(path, source, input, moved, cancellation)
            : throw new BadInputException($"{path} is a file but not a .csv of pairs. Give 'data' a folder of images, a folder of IDX files or a .csv.");
}
