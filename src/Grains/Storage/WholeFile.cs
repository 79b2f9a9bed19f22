using Siamese.Contracts;

namespace Siamese.Grains.Storage;

/// <summary>Writes files atomically: they are complete or absent, even if the process is killed during the write.</summary>
internal static class WholeFile
{
    /// <summary>The end of the name of a file that is still being written.</summary>
    public const string Partial = ".partial";

    /// <summary>Writes a file, replacing an existing one; creates its folder if it is missing.</summary>
    /// <exception cref="StoreUnavailableException">There is no space for it.</exception>
    public static async Task Write(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await WriteBeside(path, bytes, cancellation);
        }
        catch (IOException e) when (StoreUnavailableException.IsFull(e))
        {
            throw StoreUnavailableException.Full(path);
        }
    }

    private static async Task WriteBeside(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        DurableFolder.Make(Path.GetDirectoryName(path)!);
        // Written to a temporary file and renamed: nobody ever sees half a file, and two writers of the same bytes do no harm.
        var partial = $"{path}.{Guid.NewGuid():N}{Partial}";
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(bytes, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            DurableFolder.Flush(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
