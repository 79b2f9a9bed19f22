namespace Siamese.Silo.Storage;

/// <summary>How large a store is.</summary>
/// <param name="Bytes">Bytes of all that it keeps.</param>
/// <param name="FreeBytes">Bytes that are free on the disk that has the least; null if it is another machine's.</param>
internal sealed record StoreSize(long Bytes, long? FreeBytes)
{
    /// <summary>Bytes of all files in a folder; 0 if there is none.</summary>
    public static long Of(DirectoryInfo folder) => folder.Exists
        ? folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(LengthOf)
        : 0;

    /// <summary>Free bytes on the disk of a folder; null if the system does not tell.</summary>
    public static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Bytes of a file; 0 if it is gone.</summary>
    public static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
