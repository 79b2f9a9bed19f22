using System.Collections.Immutable;
using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Exchange;

namespace Siamese.Client.Exchange;

/// <summary>
/// The folder that an export is written to: into one beside it, which takes its name once all is there. Whatever ends an
/// export before leaves no half of one.
/// </summary>
internal sealed class ExportFolder : IDisposable
{
    private readonly string _path;
    private readonly string _partial;

    /// <param name="option">The option that names it.</param>
    /// <param name="path">Must not be there, or be empty.</param>
    /// <exception cref="BadInputException">It is there with something in it, or nothing can be written beside it.</exception>
    public ExportFolder(string option, string path)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _partial = Path.Combine(Path.GetDirectoryName(_path) ?? _path, $".{Path.GetFileName(_path)}.partial");
        if (File.Exists(_path) || (Directory.Exists(_path) && Directory.EnumerateFileSystemEntries(_path).Any()))
            throw new BadInputException($"{option}: '{path}' is there already, and is not empty; name another folder, or remove that one.");
        Try(() =>
        {
            Discard();
            Directory.CreateDirectory(_partial);
        });
    }

    /// <summary>Writes a file, piece by piece.</summary>
    /// <param name="file">What it is to be.</param>
    /// <param name="read">Brings the piece that begins at an offset.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadInputException">It cannot be written, or is not what it was said to be.</exception>
    public async Task Write(ExportedFile file, Func<long, Task<ImmutableArray<byte>>> read, CancellationToken cancellation)
    {
        if (!DataManifest.IsBelow(file.Path))
            throw new BadInputException($"The cluster names a file '{file.Path}', which does not lie below the folder; nothing was exported.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var path = Path.Combine(_partial, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            for (var at = 0L; at < file.Length;)
            {
                var piece = await read(at);
                if (piece.IsEmpty)
                    break;
                await stream.WriteAsync(piece.AsMemory(), cancellation);
                hash.AppendData(piece.AsSpan());
                at += piece.Length;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            throw new BadInputException($"{file.Path} did not come out as the cluster said; it may have changed meanwhile. Export it again.");
    }

    /// <summary>Reads a file that was written.</summary>
    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_partial, file));

    /// <summary>Gives the folder its name.</summary>
    /// <exception cref="BadInputException">Something has come to be there meanwhile.</exception>
    public void Complete() => Try(() =>
    {
        // An empty one makes room; one that is not empty any more is not removed so.
        if (Directory.Exists(_path))
            Directory.Delete(_path);
        Directory.Move(_partial, _path);
    });

    public void Dispose()
    {
        try
        {
            Discard();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next export to this folder clears it away.
        }
    }

    private void Discard()
    {
        if (Directory.Exists(_partial))
            Directory.Delete(_partial, recursive: true);
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private BadInputException Unwritable(Exception because) => new($"'{_path}' cannot be written: {because.Message}", because);
}
