namespace Siamese.Model.Data.Vectors;

/// <summary>A file of vectors as read.</summary>
/// <param name="Width">D.</param>
/// <param name="Values">N·D single-precision floats, row by row, little-endian.</param>
/// <param name="Columns">What is known about the rows.</param>
internal sealed record VectorContent(int Width, byte[] Values, VectorColumns Columns)
{
    /// <summary>N.</summary>
    public int Count => Values.Length / (sizeof(float) * Width);
}

/// <summary>What a file says about its rows, besides their numbers: one text for each row, or null.</summary>
/// <param name="Classes">Class names.</param>
/// <param name="Groups">Names of the groups of the classes.</param>
/// <param name="Splits">Names of splits.</param>
/// <param name="Ids">Names of the rows, such as paths of images.</param>
internal sealed record VectorColumns(string[]? Classes = null, string[]? Groups = null, string[]? Splits = null, string[]? Ids = null);

/// <summary>Asks for the memory of vectors before any of them are read.</summary>
/// <param name="count">N.</param>
/// <param name="width">D.</param>
/// <param name="stored">Bytes that are in memory at the same time.</param>
/// <returns>Memory for N·D floats.</returns>
internal delegate byte[] VectorMemory(long count, long width, long stored);
