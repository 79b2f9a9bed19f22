namespace Siamese.Bench.Warm;

/// <summary>Copies of Omniglot's images in temporary folders: one to learn alphabets from, and one with few images of new characters.</summary>
internal sealed class OmniglotFolders : IDisposable
{
    private const int Alphabets = 20, Characters = 50, Training = 3, Validation = 2;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("siamese-bench-warm-");

    private OmniglotFolders() { }

    /// <summary>All drawings of the first 20 alphabets.</summary>
    public string Many => Path.Combine(_home.FullName, "many");

    /// <summary>Fifty characters of the other alphabets: three drawings to train on, two to validate with and the rest to test with.</summary>
    public string Few => Path.Combine(_home.FullName, "few");

    /// <param name="omniglot">Omniglot's `images_background`: a folder for each alphabet, and in it one for each character.</param>
    public static OmniglotFolders Of(DirectoryInfo omniglot)
    {
        var folders = new OmniglotFolders();
        DirectoryInfo[] alphabets = [.. omniglot.EnumerateDirectories().OrderBy(alphabet => alphabet.Name, StringComparer.Ordinal)];
        foreach (var character in alphabets.Take(Alphabets).SelectMany(alphabet => alphabet.EnumerateDirectories()))
            Copy(Drawings(character), Path.Combine(folders.Many, character.Parent!.Name, character.Name));

        DirectoryInfo[] others = [.. alphabets.Skip(Alphabets).SelectMany(alphabet => alphabet.EnumerateDirectories().OrderBy(character => character.Name, StringComparer.Ordinal))];
        for (var i = 0; i < Characters; i++)
        {
            var character = others[i * others.Length / Characters];
            var (name, drawings) = ($"{character.Parent!.Name}-{character.Name}", Drawings(character));
            Copy(drawings[..Training], Path.Combine(folders.Few, "train", name));
            Copy(drawings[Training..(Training + Validation)], Path.Combine(folders.Few, "val", name));
            Copy(drawings[(Training + Validation)..], Path.Combine(folders.Few, "test", name));
        }

        return folders;
    }

    public void Dispose() => _home.Delete(recursive: true);

    private static FileInfo[] Drawings(DirectoryInfo character) => [.. character.EnumerateFiles("*.png").OrderBy(drawing => drawing.Name, StringComparer.Ordinal)];

    private static void Copy(FileInfo[] drawings, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var drawing in drawings)
            drawing.CopyTo(Path.Combine(folder, drawing.Name));
    }
}
