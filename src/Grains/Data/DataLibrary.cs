using Microsoft.Extensions.Options;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Grains.Threads;
using Siamese.Model.Data;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Splits;
using Siamese.Model.Training;

namespace Siamese.Grains.Data;

/// <summary>The data sets that this silo has read, so that the trials of a sweep share one read. One per silo.</summary>
/// <exception cref="OutOfMemoryException">Every method that reads data throws it if the memory does not suffice now; nothing is kept.</exception>
public sealed class DataLibrary(
    DataCache cache, IOptions<DataCacheOptions> options, IOptions<DataMemoryOptions> memory, IOptions<DataRoot> root, IFeatures features, TimeProvider time) : IDisposable
{
    private readonly ImageCache _images = new(Path.Combine(options.Value.Folder, "images"), options.Value.LimitBytes, CodeVersion.Current, time);
    private readonly DataShelf _shelf = new(memory.Value.LimitBytes, memory.Value.KeptFor, time);

    /// <summary>Bytes of the data sets that are kept in memory even if nobody uses them.</summary>
    internal long KeptBytes => _shelf.KeptBytes;

    /// <summary>Who may read a large data set now.</summary>
    internal ReadingTurns Turns { get; } = new(memory.Value.LimitBytes, memory.Value.LargeBytes);

    /// <summary>Reads and checks a data set on a dedicated thread, without reusing an earlier read of a path.</summary>
    /// <exception cref="BadInputException">The data cannot be read; nothing is kept.</exception>
    /// <exception cref="DataUnavailableException">This silo cannot get the uploaded data, or the data is larger than its memory for data.</exception>
    /// <param name="source">The data.</param>
    /// <param name="input">The shape of its images.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="count">Counts the images that are read; null if nobody looks.</param>
    public Task<DataSet> Open(DataSource source, InputShape input, CancellationToken cancellation, ReadCount? count = null) =>
        OwnThread.Run(() => Read(source, input, count, fresh: true, isKnown: false), cancellation);

    /// <summary>The data set as it was when a sweep was submitted. Reads it on the calling thread if necessary.</summary>
    /// <exception cref="BadInputException">The data cannot be read, or has changed since.</exception>
    /// <exception cref="DataUnavailableException">This silo cannot get the uploaded data, or the data is larger than its memory for data.</exception>
    public DataSet Get(DataSource source, InputShape input, string fingerprint)
    {
        var set = Read(source, input, count: null, fresh: false, isKnown: true);
        if (set.Fingerprint != fingerprint)
            set = Read(source, input, count: null, fresh: true, isKnown: true);
        return set.Fingerprint == fingerprint
            ? set
            : throw new BadInputException($"{source.Path ?? set.Name} has changed since the sweep was submitted, or is read in another way by this build; submit it again under another name.");
    }

    /// <summary>Keeps a data set for the next trial. Call it when a trial that used it ends.</summary>
    public void Used(DataSet set) => _shelf.Used(set);

    /// <summary>A whole data set, to evaluate on. Reads it on the calling thread, and keeps nothing.</summary>
    /// <param name="source">The data.</param>
    /// <param name="input">The shape of its images.</param>
    /// <param name="isKnown">Whether a sweep was submitted with it.</param>
    /// <exception cref="BadInputException">The data cannot be read.</exception>
    /// <exception cref="DataUnavailableException">This silo cannot get the uploaded data, or the data is larger than its memory for data.</exception>
    public WholeData OpenWhole(DataSource source, InputShape input, bool isKnown) => Open(
        source, (where, moved, reserve) => DataSets.OpenWhole(where, input, CancellationToken.None, new ReadingAids(moved, _images, IsKnown: isKnown, Reserve: reserve, Features: features)),
        (data, name, words) => data with { Name = name, Remarks = [.. data.Remarks.Select(words)] });

    public void Dispose() => _shelf.Dispose();

    private DataSet Read(DataSource source, InputShape input, ReadCount? count, bool fresh, bool isKnown) =>
        _shelf.Get(source, input, fresh, () => Read(source, input, count, isKnown));

    private DataSet Read(DataSource source, InputShape input, ReadCount? count, bool isKnown) => Open(
        source, (where, moved, reserve) => DataSets.Open(where, input, CancellationToken.None, new ReadingAids(moved, _images, count, isKnown, reserve, features)),
        (data, name, words) => data with { Name = name, Remarks = [.. data.Remarks.Select(words)] });

    /// <param name="source">The data.</param>
    /// <param name="read">Reads it from a path, and reserves the memory for it first.</param>
    /// <param name="named">Gives uploaded data the name that the user knows, which another function puts into sentences.</param>
    private T Open<T>(DataSource source, Func<DataSource, MovedFolder?, Action<long>, T> read, Func<T, string, Func<string, string>, T> named)
    {
        using var turn = Turns.Begin(source.Name ?? source.Path ?? "The data set");
        return source.Manifest is null
            ? read(source, root.Value.Within(source), Reserve)
            : cache.Read(source.Manifest, (folder, manifest) => OpenUploaded(source, folder, manifest, (where, moved) => read(where, moved, Reserve), named));

        void Reserve(long bytes)
        {
            turn.Reserve(bytes);
            _shelf.MakeRoom(bytes);
        }
    }

    /// <summary>Opens an uploaded data set under the name that the user knows, and uses that name in messages too.</summary>
    private static T OpenUploaded<T>(
        DataSource source, string folder, DataManifest manifest, Func<DataSource, MovedFolder?, T> read, Func<T, string, Func<string, string>, T> named)
    {
        var path = manifest.Table is null ? folder : Path.Combine(folder, manifest.Table);
        var name = source.Name ?? Path.GetFileName(path);
        try
        {
            return named(read(source with { Path = path }, new MovedFolder(manifest.Folder, folder)), name, InUsersWords);
        }
        catch (BadInputException e)
        {
            throw new BadInputException(InUsersWords(e.Message), e);
        }

        string InUsersWords(string sentence) => sentence.Replace(path, name, StringComparison.Ordinal).Replace(folder, name, StringComparison.Ordinal);
    }
}
