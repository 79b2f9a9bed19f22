using System.Globalization;
using System.IO.Compression;
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
    public const string Formats = "FILE.npz, FILE.npy, FILE.csv or FILE.safetensors";

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
        if (Extension(path) is not (".npz" or ".npy" or ".csv" or ".safetensors"))
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
                case ".npz":
                    WriteNpz(file, embeddings);
                    break;
                case ".npy":
                    NpyWriter.Write(file, embeddings.Rows, embeddings.Width);
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

    /// <summary>
    /// Three arrays in a zip archive, as numpy.savez writes them: `features` as float32 of shape (N, D), `ids` with the paths, and
    /// `labels` with the names of the images' folders if there are several.
    /// </summary>
    private static void WriteNpz(Stream file, ImageEmbeddings embeddings)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        Add("features", entry => NpyWriter.Write(entry, embeddings.Rows, embeddings.Width));
        Add("ids", entry => NpyWriter.Write(entry, embeddings.Ids));
        string[] labels = [.. embeddings.Ids.Select(id => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(id))) ?? "")];
        if (labels.Distinct().Count() > 1 && !labels.Contains(""))
            Add("labels", entry => NpyWriter.Write(entry, labels));

        void Add(string name, Action<Stream> write)
        {
            // Embeddings hardly become smaller.
            using var entry = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();
            write(entry);
        }
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
