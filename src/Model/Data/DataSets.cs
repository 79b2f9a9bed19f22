using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
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
                return OfList(ImageList.Read(path, FolderOf(source, path, moved), moved));
            CheckOptions(source, path);
            if (path is null)
                return ofImages(MnistMini.Read(input, cancellation), MnistMini.Name);
            if (!Directory.Exists(path))
                throw new BadInputException($"{path} does not exist. Give 'data' a folder of images, a folder of IDX files or a list such as a .csv.");
            var name = Path.GetFileName(path) is { Length: > 0 } folder ? folder : path;
            return ofImages(
                IdxFolder.Recognizes(path) ? IdxFolder.Read(path, input, cancellation)
                    : LabelledFiles.Read(
                        path, ImageFolders.Find(path, source.FoldersAre, source.ClassFrom is { } pattern ? ClassPattern.Parse(pattern) : null), source.SkipsUnreadable, input, cancellation),
                name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{source.Path} cannot be read ({error.Message}). Check its permissions.", error);
        }

        T OfList(ImageList list)
        {
            if (list.Kind is not ListKind.Images)
                return ofPairs(PairFile.Read(list, source, input, cancellation));
            if (source.LabelMeans is not null)
                throw new BadInputException($"'label-means' needs a list of pairs, and {list.Path} names one image per row. Leave it out.");
            return ofImages(LabelledFiles.Read(list.Path, ClassList.Find(list, source.SkipsUnreadable), source.SkipsUnreadable, input, cancellation), Path.GetFileName(list.Path));
        }
    }

    /// <summary>The folder that the paths in a list are relative to; null if that must be found out.</summary>
    private static string? FolderOf(DataSource source, string path, MovedFolder? moved) =>
        source.ListFolder is { } stated ? moved is null ? stated : Path.GetFullPath(stated, moved.To)
        : moved is null ? null : Path.GetDirectoryName(path);

    private static void CheckOptions(DataSource source, string? path)
    {
        if (source.LabelMeans is not null)
            throw new BadInputException($"'label-means' needs a list of pairs, and {path ?? MnistMini.Name} is not one. Leave it out.");
        if (path is null && (source.FoldersAre is not null || source.ClassFrom is not null))
            throw new BadInputException($"'folders-are' and 'class-from' need a folder of images, and {MnistMini.Name} is not one. Leave them out.");
    }
}
