using Siamese.Contracts;
using Siamese.Contracts.Data.Vectors;

namespace Siamese.Model.Data.Vectors;

/// <summary>Reads a file of vectors in any of its formats.</summary>
internal static class VectorReader
{
    /// <param name="path">Full path of a file that <see cref="VectorFiles.Recognizes"/>.</param>
    /// <param name="memory">Called once, before any vector is read.</param>
    /// <exception cref="BadInputException">It is not a valid file; the message names it, the array and the row, and says what to do.</exception>
    public static VectorContent Read(string path, VectorMemory memory) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".npz" => NpzFile.Read(path, memory),
        ".npy" => NpyFile.Read(path, memory),
        ".safetensors" => SafetensorsFile.Read(path, memory),
        _ => TableFile.Read(VectorTable.Find(path) ?? throw new BadInputException($"{path} is not a table of vectors."), memory),
    };
}
