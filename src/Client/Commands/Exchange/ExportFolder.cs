using System.Collections.Immutable;
using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Exchange;

namespace Siamese.Client.Commands.Exchange;

/// <summary>
/// The folder that an export is written to. Files go to a temporary folder next to it, which is renamed once all are there,
/// so that an interrupted export never leaves an incomplete folder.
/// </summary>
internal sealed class ExportFolder : IDisposable
{
    private readonly string _path;
    private readonly string _partial;

    /// <param name="option">The option that names it.</param>
    /// <param name="path">Must not exist, or must be empty.</param>
    /// <exception cref="BadInputException">It exists and is not empty, or its parent folder cannot be written.</exception>
    public ExportFolder(string option, string path)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _partial = Path.Combine(Path.GetDirectoryName(_path) ?? _path, $".{Path.GetFileName(_path)}.partial");
        if (File.Exists(_path) || (Directory.Exists(_path) && Directory.EnumerateFileSystemEntries(_path).Any()))
            throw new BadInputException($"{option}: '{path}' already exists and is not empty; name another folder, or remove that one.");
        Try(() =>
        {
            Discard();
            Directory.CreateDirectory(_partial);
        });
    }

    /// <summary>Writes a file, piece by piece.</summary>
    /// <param name="file">The expected file.</param>
    /// <param name="read">Reads the piece that starts at an offset.</param>
    /// <param name="cancellation">Cancels the write.</param>
    /// <exception cref="BadInputException">It cannot be written, or does not match its stated hash.</exception>
    public async Task Write(ExportedFile file, Func<long, Task<ImmutableArray<byte>>> read, CancellationToken cancellation)
    {
        if (!DataManifest.IsBelow(file.Path))
            throw new BadInputException($"The cluster names a file '{file.Path}', which is outside the folder; nothing was exported.");
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
            throw new BadInputException($"{file.Path} does not match the hash that the cluster stated; it may have changed in the meantime. Export it again.");
    }

    /// <summary>Writes a file that the cluster does not know.</summary>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public void Add(string file, byte[] bytes) => Try(() => File.WriteAllBytes(Path.Combine(_partial, file), bytes));

    /// <summary>Reads back a written file.</summary>
    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_partial, file));

    /// <summary>Gives the temporary folder its final name.</summary>
    /// <exception cref="BadInputException">Something else was created at the path in the meantime.</exception>
    public void Complete() => Try(() =>
    {
        // Removes an empty folder; throws if it is no longer empty.
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
            // The next export to this folder removes it.
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
