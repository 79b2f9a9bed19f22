namespace Siamese.Contracts.Data.Vectors;

/// <summary>Decides which files hold vectors, a row for each item, and which files beside them belong to them.</summary>
public static class VectorFiles
{
    /// <summary>The formats in a sentence.</summary>
    public const string Formats = ".npz, .npy, .safetensors or .csv";

    private static readonly string[] _binary = [".npz", ".npy", ".safetensors"];
    private static readonly string[] _labels = [".labels.npy", ".labels.txt", ".labels.csv"];
    private static readonly string[] _tables = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];

    /// <summary>Whether a file is a data set of vectors: by its extension, or a table by its content.</summary>
    /// <exception cref="BadInputException">It is a table that cannot be read, or that may be something else.</exception>
    public static bool Recognizes(string path) =>
        IsBinary(path) || (Array.Exists(_tables, extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) && VectorTable.Find(path) is not null);

    /// <summary>Whether the extension is that of arrays or tensors.</summary>
    public static bool IsBinary(string path) => _binary.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The files beside a file of vectors that say what its rows are.</summary>
    public static IEnumerable<string> Beside(string path) => new[] { LabelsBeside(path), IdsBeside(path) }.OfType<string>();

    /// <summary>`NAME.labels.npy`, `.txt` or `.csv` beside `NAME.npy`, with a label for each row; null if there is none.</summary>
    public static string? LabelsBeside(string path) => HasOthers(path)
        ? _labels.Select(extension => Path.ChangeExtension(path, extension)).FirstOrDefault(File.Exists)
        : null;

    /// <summary>`NAME.ids.txt` beside `NAME.npy`, with a line for each row; null if there is none.</summary>
    public static string? IdsBeside(string path) => HasOthers(path) && Path.ChangeExtension(path, ".ids.txt") is var ids && File.Exists(ids) ? ids : null;

    /// <summary>Whether the format has no room for labels.</summary>
    private static bool HasOthers(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);
}
