using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Data.Vectors;
using Siamese.Model.Data.Inputs;
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
    /// <param name="input">Kind and shape that every item is read to. If the data lacks the kind, a usual shape of its own.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <param name="aids">What helps to read it; null if nothing does.</param>
    /// <exception cref="BadInputException">The data is invalid. The message names the file, and the row or class, and says what to do.</exception>
    public static DataSet Open(DataSource source, InputShape input, CancellationToken cancellation, ReadingAids? aids = null) =>
        Read(source, ReadingOf(source, input, aids, cancellation), (labelled, name) => Splitting.Split(labelled, name, source.SplitBy), PairFileSplit.Of);

    /// <summary>Reads and checks all of the data for evaluation, without splitting it. Otherwise like <see cref="Open"/>.</summary>
    /// <inheritdoc cref="Open"/>
    public static WholeData OpenWhole(DataSource source, InputShape input, CancellationToken cancellation, ReadingAids? aids = null) =>
        Read(source, ReadingOf(source, input, aids, cancellation), WholeData.Of, WholeData.Of);

    private static Reading Images(Reading reading) => reading.Of(InputKinds.Images);

    private static Reading ReadingOf(DataSource source, InputShape input, ReadingAids? aids, CancellationToken cancellation) =>
        new(input, source.SkipsUnreadable, aids ?? new(), cancellation);

    private static T Read<T>(DataSource source, Reading reading, Func<LabelledImages, string, T> ofImages, Func<PairFileContent, T> ofPairs)
    {
        try
        {
            var path = source.Path is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Path));
            if (path is null)
            {
                Check(MnistMini.Name, DataKind.BuiltIn);
                return ofImages(MnistMini.Read(Images(reading)), MnistMini.Name);
            }

            if (source.Features is { } features)
                return OfListedVectors(path, features);
            if (File.Exists(path) && VectorFiles.Recognizes(path))
            {
                Check(path, DataKind.Vectors);
                return ofImages(VectorFile.Read(path, reading), Path.GetFileName(path));
            }

            if (File.Exists(path))
                return OfList(ImageList.Read(path, FolderOf(source, path, reading.Aids.Moved), reading.Aids.Moved));
            if (!Directory.Exists(path))
                throw new BadInputException($"{path} does not exist. Give 'data' a folder of images, a folder of IDX files, a list such as a .csv, or a file of vectors ({VectorFiles.Formats}).");
            return ofImages(OfFolder(path), Path.GetFileName(path) is { Length: > 0 } folder ? folder : path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{source.Path} cannot be read ({error.Message}). Check its permissions.", error);
        }

        void Check(string name, DataKind kind)
        {
            if (!reading.Aids.IsKnown)
                UnusedOptions.Check(source, name, kind);
        }

        T OfListedVectors(string list, string features)
        {
            if (!File.Exists(list))
                throw new BadInputException($"'features' needs a list as 'data' that names the vectors, and {list} is not a file. Leave 'features' out, or give a list.");
            features = Path.GetFullPath(features, reading.Aids.Moved?.To ?? Path.GetDirectoryName(list)!);
            if (reading.Aids.Moved is { } moved && !moved.Holds(features) || !File.Exists(features))
                throw new BadInputException($"{features} does not exist. Give 'features' a file of vectors ({VectorFiles.Formats}).");
            var its = reading.Of(InputKinds.Vectors);
            var content = VectorFile.ReadContent(features, its);
            var named = ImageList.Read(list, new VectorRows(features, content.Count, content.Columns.Ids));
            Check(list, named.Kind is ListKind.Images ? DataKind.VectorList : DataKind.VectorPairs);
            return named.Kind is ListKind.Images
                ? ofImages(VectorFile.Read(list, ClassList.Find(named, source), content, its), Path.GetFileName(list))
                : ofPairs(PairFile.Read(named, source, its, content));
        }

        LabelledImages OfFolder(string folder)
        {
            var isIdx = IdxFolder.Recognizes(folder);
            Check(folder, isIdx ? DataKind.IdxFiles : DataKind.ImageFolder);
            return isIdx ? IdxFolder.Read(folder, Images(reading)) : LabelledFiles.Read(folder, ImageFolders.Find(folder, source), reading);
        }

        T OfList(ImageList list)
        {
            Check(list.Path, list.Kind is ListKind.Images ? DataKind.ImageList : DataKind.PairList);
            return list.Kind is ListKind.Images
                ? ofImages(LabelledFiles.Read(list.Path, ClassList.Find(list, source), reading), Path.GetFileName(list.Path))
                : ofPairs(PairFile.Read(list, source, reading));
        }
    }

    /// <summary>The folder that the paths in a list are relative to; null if that must be found out.</summary>
    private static string? FolderOf(DataSource source, string path, MovedFolder? moved) =>
        source.ListFolder is { } stated ? moved is null ? stated : Path.GetFullPath(stated, moved.To)
        : moved is null ? null : Path.GetDirectoryName(path);
}
