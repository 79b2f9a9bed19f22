using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Siamese.Contracts;

namespace Siamese.Client.Files;

/// <summary>A folder that a command writes images to.</summary>
internal static class OutputFolder
{
    /// <exception cref="BadInputException">No folder is named.</exception>
    public static string Named(string option, string? folder) =>
        string.IsNullOrEmpty(folder) ? throw new BadInputException($"{option}: name the folder to write to.") : folder;

    /// <summary>Creates the folder if it is missing.</summary>
    /// <exception cref="BadInputException">No folder is named, or it cannot be created.</exception>
    public static string Make(string option, string? named)
    {
        var folder = Named(option, named);
        try
        {
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{option}: '{folder}' cannot be created: {e.Message}", e);
        }
    }

    /// <summary>Writes a file into the folder.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
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
