namespace Siamese.Silo.Storage;

/// <summary>
/// Notes which store uses a folder for its blobs and checkpoints. Whatever another store needs looks unneeded to this one, so
/// nothing is collected from a folder that may be shared.
/// </summary>
/// <param name="folder">The folder with `blobs` and `checkpoints`.</param>
/// <param name="store">What distinguishes the store from others that may use the folder.</param>
/// <param name="database">The SQLite file beside which the folders lie by default; null if the folder was named.</param>
internal sealed class FolderOwner(string folder, string store, string? database)
{
    private static readonly byte[] _sqlite = "SQLite format 3\0"u8.ToArray();

    private string Note => Path.Combine(folder, "blobs.store");

    /// <summary>Notes the store as the owner if the folder has none and no other store can have used it.</summary>
    /// <returns>Why another store may use the folder; null if this one owns it.</returns>
    public string? Claim()
    {
        try
        {
            if (File.Exists(Note))
                return File.ReadAllText(Note).Trim() is var owner && owner == store ? null : $"The blobs in {folder} belong to another store, '{owner}'. If only this store uses them, write the line '{store}' into {Note}.";
            if (Doubt() is { } doubt)
                return $"{doubt} If only this store uses the blobs in {folder}, write the line '{store}' into {Note}.";
            Directory.CreateDirectory(folder);
            File.WriteAllText(Note, $"{store}\n");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The owner of the blobs in {folder} cannot be noted: {e.Message}";
        }
    }

    private string? Doubt() => database is null
        ? Directory.Exists(Path.Combine(folder, "blobs")) ? $"Other stores may have used {folder}." : null
        : Array.Find(Directory.Exists(folder) ? Directory.GetFiles(folder) : [], IsAnotherDatabase) is { } other ? $"There is another database beside this one, {other}." : null;

    private bool IsAnotherDatabase(string path)
    {
        if (path == database)
            return false;
        try
        {
            using var file = File.OpenRead(path);
            var start = new byte[_sqlite.Length];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual(_sqlite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
