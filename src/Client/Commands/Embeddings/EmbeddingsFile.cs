using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Siamese.Client.Files;
using Siamese.Contracts;
using Siamese.Contracts.Tensors;

namespace Siamese.Client.Commands.Embeddings;

/// <summary>The file that `embed` writes, in the format of its extension.</summary>
internal sealed class EmbeddingsFile
{
    /// <summary>The formats in a sentence.</summary>
    public const string Formats = "FILE.npy, FILE.csv or FILE.safetensors";

    private const string FirstColumn = "image";

    private readonly string _option;

    private EmbeddingsFile(string path, string option) => (Path, _option) = (path, option);

    public string Path { get; }

    /// <summary>The file with the images' paths, one per line; null if they are in the other file.</summary>
    public string? IdsPath => Extension(Path) == ".npy" ? System.IO.Path.ChangeExtension(Path, ".ids.txt") : null;

    /// <param name="path">Where to write. Embeddings that are already there are replaced.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="BadInputException">The extension is none of the formats', the folder does not exist, or the file is something else.</exception>
    public static EmbeddingsFile At(string path, string option)
    {
        if (Extension(path) is not (".npy" or ".csv" or ".safetensors"))
            throw new BadInputException($"{option}: '{path}' has none of the extensions that name a format; write {Formats}.");
        OutputFile.Check(option, path);
        if (Extension(path) == ".csv" && File.Exists(path) && File.ReadLines(path).FirstOrDefault()?.StartsWith($"{FirstColumn},0", StringComparison.Ordinal) is not true)
            throw new BadInputException($"{option}: {path} already exists and contains no embeddings. Choose another file, or remove it.");
        return new(path, option);
    }

    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public void Write(ImageEmbeddings embeddings)
    {
        OutputFile.Write(_option, Path, file =>
        {
            switch (Extension(Path))
            {
                case ".npy":
                    WriteNpy(file, embeddings);
                    break;
                case ".csv":
                    WriteCsv(file, embeddings);
                    break;
                default:
                    WriteSafetensors(file, embeddings);
                    break;
            }
        });
        if (IdsPath is { } ids)
            OutputFile.Write(_option, ids, file => file.Write(Encoding.UTF8.GetBytes(string.Concat(embeddings.Ids.Select(id => $"{id}\n")))));
    }

    private static string Extension(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant();

    /// <summary>NumPy's format, version 1.0: a float32 array of shape (N, D).</summary>
    private static void WriteNpy(Stream file, ImageEmbeddings embeddings)
    {
        var header = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({embeddings.Rows.Count}, {embeddings.Width}), }}");
        // Magic, version and length take 10 bytes; the header is padded with spaces to a multiple of 64 and ends with a line feed.
        var padded = ((10 + header.Length + 1 + 63) / 64 * 64) - 10;
        Span<byte> start = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], (ushort)padded);
        file.Write(start);
        file.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + '\n'));
        foreach (var row in embeddings.Rows)
            file.Write(MemoryMarshal.AsBytes<float>(row));
    }

    /// <summary>A row per image: its path, then its numbers.</summary>
    private static void WriteCsv(Stream file, ImageEmbeddings embeddings)
    {
        using var text = new StreamWriter(file, leaveOpen: true);
        using var writer = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        Row(FirstColumn, Enumerable.Range(0, embeddings.Width).Select(column => column.ToString(CultureInfo.InvariantCulture)));
        foreach (var (id, row) in embeddings.Ids.Zip(embeddings.Rows))
            Row(id, row.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

        void Row(string id, IEnumerable<string> numbers)
        {
            writer.WriteField(SafeCell.OfPath(id));
            foreach (var number in numbers)
                writer.WriteField(number);
            writer.EndRecord();
        }
    }

    /// <summary>A tensor `embeddings` of shape (N, D). The metadata holds the paths and the members' columns, both as JSON.</summary>
    private static void WriteSafetensors(Stream file, ImageEmbeddings embeddings) => file.Write(Safetensors.Write(
        [new NamedTensor("embeddings", [embeddings.Rows.Count, embeddings.Width], [.. embeddings.Rows.SelectMany(row => row)])],
        new Dictionary<string, string>
        {
            ["ensemble"] = FormattableString.Invariant($"{embeddings.Ensemble}@{embeddings.Version}"),
            ["images"] = JsonSerializer.Serialize([.. embeddings.Ids], EmbeddingsJson.Default.StringArray),
            ["members"] = JsonSerializer.Serialize([.. ColumnsDocument.Of(embeddings)], EmbeddingsJson.Default.ColumnsDocumentArray),
        }));
}
