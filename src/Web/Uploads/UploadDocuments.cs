using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Web.Requests;

namespace Siamese.Web.Uploads;

/// <summary>Pieces of data sets.</summary>
/// <param name="Pieces">SHA-256 of each, at most 4,096.</param>
internal sealed record PiecesDocument(ImmutableArray<string> Pieces);

/// <summary>The pieces that the cluster does not have.</summary>
internal sealed record MissingDocument(IReadOnlyList<string> Missing);

/// <summary>A data set: its files, which one after the other are the bytes of its pieces.</summary>
/// <param name="Files">In the ordinal order of their paths.</param>
/// <param name="Pieces">In order, at most 2 MB each.</param>
/// <param name="Table">Path of the list of pairs or images among the files; none by default: the folder itself is the data set.</param>
/// <param name="Folder">The folder that the files came from, for a list that names some of them by their full paths. No silo looks there.</param>
internal sealed record ManifestDocument(IReadOnlyList<ManifestDocument.File> Files, IReadOnlyList<ManifestDocument.Piece> Pieces, string? Table = null, string? Folder = null)
{
    /// <summary>A file.</summary>
    /// <param name="Path">Its path below the folder of the data set, with `/`.</param>
    /// <param name="Length">Its bytes.</param>
    internal sealed record File(string Path, long Length, string Sha256);

    /// <summary>A piece.</summary>
    /// <param name="Length">Its bytes, 1 to 2,097,152.</param>
    internal sealed record Piece(int Length, string Sha256);

    /// <summary>The manifest as clients of Orleans write it: the same data set has the same name, however it is sent.</summary>
    /// <exception cref="BadInputException">Something is null, or the files are not in order. Everything else is checked when it is stored.</exception>
    public byte[] Write()
    {
        BadInputException.ThrowUnless(!Files.Contains(null!) && !Pieces.Contains(null!), $"A file or a piece of the data set is null.");
        var unordered = Files.Zip(Files.Skip(1)).Where(two => string.CompareOrdinal(two.First.Path, two.Second.Path) > 0).Select(two => two.Second.Path).FirstOrDefault();
        if (unordered is not null)
            throw new BadInputException($"'files': '{PlainText.Of(unordered)}' is not in the ordinal order of the paths; sort the files, and cut the pieces from them in that order.");
        return new DataManifest([.. Files.Select(file => new DataFile(file.Path, file.Length, file.Sha256))], [.. Pieces.Select(piece => new DataPiece(piece.Length, piece.Sha256))], Table, Folder).Write();
    }
}

/// <summary>A data set that is complete.</summary>
/// <param name="Manifest">Its name: the `manifest` in the data of sweeps and evaluations.</param>
internal sealed record SealedDocument(string Manifest);

/// <summary>What to draw from a data set.</summary>
/// <param name="Count">Number of test images, 1 to 1,000; 10 by default.</param>
/// <param name="Data">The data set; the built-in `mnist-mini` by default.</param>
/// <param name="Seed">Seed of the choice, 0 or above; 1 by default.</param>
internal sealed record SampleOrder(int Count = 10, DataDocument? Data = null, int Seed = 1);

/// <summary>Test images of a data set.</summary>
internal sealed record SamplesDocument(IReadOnlyList<SamplesDocument.Image> Samples)
{
    /// <summary>One test image.</summary>
    /// <param name="Label">Its class.</param>
    /// <param name="Index">Its place among the test images, from 0.</param>
    /// <param name="Extension">What its file is: `.png`, `.csv` for pen strokes, or `.npy` for vectors.</param>
    /// <param name="Data">The bytes of the file, in base64.</param>
    /// <param name="Strokes">The pen strokes of the same drawing as a CSV, in base64; null if the data has no drawing as both.</param>
    internal sealed record Image(string Label, int Index, string Extension, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte>? Strokes)
    {
        public static Image Of(Sample sample) => new(sample.Label, sample.Index, sample.Extension, sample.File.AsMemory(), sample.Strokes.IsDefault ? default(ReadOnlyMemory<byte>?) : sample.Strokes.AsMemory());
    }
}
