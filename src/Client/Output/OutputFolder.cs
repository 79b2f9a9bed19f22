using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Siamese.Contracts;

namespace Siamese.Client.Output;

/// <summary>A folder that a command writes images to.</summary>
internal static class OutputFolder
{
    /// <summary>Makes it where it is missing.</summary>
    /// <exception cref="BadInputException">It is not named, or cannot be made.</exception>
    public static string Make(string option, string? folder)
    {
        if (string.IsNullOrEmpty(folder))
            throw new BadInputException($"{option}: name the folder to write to.");
        try
        {
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{option}: '{folder}' cannot be made: {e.Message}", e);
        }
    }

    /// <summary>Writes a file into it.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static async Task<string> Write(string folder, string name, ImmutableArray<byte> bytes, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, name);
        try
        {
            await File.WriteAllBytesAsync(path, ImmutableCollectionsMarshal.AsArray(bytes)!, cancellation);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"'{path}' cannot be written: {e.Message}", e);
        }
    }
}
