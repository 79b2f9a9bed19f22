using System.IO.Compression;
using System.Text.Json;
using Siamese.Contracts.Tensors;

namespace Siamese.Client.Tests.Commands.Embeddings;

public sealed class EmbedTests : IDisposable
{
    private readonly ClientRun _client = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-embed-").FullName;

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Csv_has_a_row_per_image_with_the_columns_of_all_members()
    {
        var (a, b) = (Image("b/x.png", 6, 1), Image("a.png", 4));

        Assert.Equal(0, await _client.Run("embed", "mine@2", a, b, "--out", Out("all.csv")));

        Assert.Equal($"image,0,1,2\n{a},6,2,3\n{b},4,1,2\n", File.ReadAllText(Out("all.csv")));
        Assert.Contains("2 images embedded by mine@2 into 3 numbers each", _client.Out, StringComparison.Ordinal);
        Assert.Contains("columns 2 to 2: b5d1aa00, cosine distance, threshold 0.25, weight 0.250", _client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Npy_is_an_array_of_float32_with_the_paths_beside_it()
    {
        var image = Image("a.png", 6, 1);

        Assert.Equal(0, await _client.Run("embed", "mine", image, "--out", Out("all.npy")));

        var bytes = File.ReadAllBytes(Out("all.npy"));
        var header = BitConverter.ToUInt16(bytes, 8);
        Assert.Equal(0, (10 + header) % 64);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }", System.Text.Encoding.ASCII.GetString(bytes, 10, header).TrimEnd());
        Assert.Equal([6f, 2f, 3f], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + header)).ToArray());
        Assert.Equal($"{image}\n", File.ReadAllText(Out("all.ids.txt")));
    }

    [Fact]
    public async Task Npz_has_features_ids_and_the_folders_of_the_images_as_labels()
    {
        var (one, other) = (Image("ann/x.png", 6, 1), Image("b/y.png", 4));

        Assert.Equal(0, await _client.Run("embed", "mine", one, other, "--out", Out("all.npz")));

        using var archive = ZipFile.OpenRead(Out("all.npz"));
        Assert.Equal(["features.npy", "ids.npy", "labels.npy"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal(("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 24), HeaderOf(archive.Entries[0]));
        Assert.Equal(($"{{'descr': '<U{one.Length}', 'fortran_order': False, 'shape': (2,), }}", 8 * one.Length), HeaderOf(archive.Entries[1]));
        Assert.Equal(("{'descr': '<U3', 'fortran_order': False, 'shape': (2,), }", 24), HeaderOf(archive.Entries[2]));

        Assert.Equal(0, await _client.Run("embed", "mine", one, "--out", Out("one.npz")));
        using var alone = ZipFile.OpenRead(Out("one.npz"));
        Assert.Equal(["features.npy", "ids.npy"], alone.Entries.Select(entry => entry.FullName));

        static (string Header, int Data) HeaderOf(ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            var header = BitConverter.ToUInt16(bytes, 8);
            return (System.Text.Encoding.ASCII.GetString(bytes, 10, header).TrimEnd(), bytes.Length - 10 - header);
        }
    }

    [Fact]
    public async Task Safetensors_names_images_and_members()
    {
        var image = Image("a.png", 6, 1);

        Assert.Equal(0, await _client.Run("embed", "mine@2", image, "--out", Out("all.safetensors")));

        var file = Safetensors.Read(File.ReadAllBytes(Out("all.safetensors")));
        Assert.Equal([6f, 2f, 3f], file["embeddings"].Values);
        Assert.Equal("mine@2", file.Metadata["ensemble"]);
        Assert.Equal([image], JsonSerializer.Deserialize<string[]>(file.Metadata["images"])!);
        Assert.Equal(2, JsonDocument.Parse(file.Metadata["members"]).RootElement[1].GetProperty("from").GetInt32());
    }

    [Fact]
    public async Task A_folder_is_searched_at_any_depth_and_many_images_take_several_calls_in_order()
    {
        for (var i = 0; i < 1200; i++)
            Image($"many/{i % 7}/{i:0000}.png", (byte)(1 + (i % 200)));

        Assert.Equal(0, await _client.Run("embed", "mine", Out("many"), "--out", Out("many.csv")));

        var rows = File.ReadAllLines(Out("many.csv")).Skip(1).Select(row => row.Split(',')).ToArray();
        Assert.Equal(Directory.EnumerateFiles(Out("many"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal), rows.Select(row => row[0]));
        Assert.All(rows, row => Assert.Equal(File.ReadAllBytes(row[0])[0], byte.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Images_that_cannot_be_embedded_are_reported_and_left_out()
    {
        var (good, empty) = (Image("a.png", 6), Image("empty.png"));

        Assert.Equal(4, await _client.Run("embed", "mine", empty, good, "--out", Out("all.csv")));

        Assert.Equal(2, File.ReadAllLines(Out("all.csv")).Length);
        Assert.Contains($"{empty} is empty.", _client.Out, StringComparison.Ordinal);
        Assert.Equal(2, await _client.Run("embed", "mine", empty, "--out", Out("none.csv")));
        Assert.False(File.Exists(Out("none.csv")));
    }

    [Theory]
    [InlineData("all.bin", "write FILE.npz, FILE.npy, FILE.csv or FILE.safetensors")]
    [InlineData("missing/all.csv", "does not exist")]
    public async Task A_file_that_cannot_be_written_is_refused_before_anything_is_embedded(string file, string problem)
    {
        Assert.Equal(2, await _client.Run("embed", "mine", Image("a.png", 6), "--out", Out(file)));

        Assert.Contains(problem, _client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_images_are_reported_together()
    {
        Directory.CreateDirectory(Out("nothing"));

        Assert.Equal(2, await _client.Run("embed", "mine", Out("gone.png"), Out("nothing"), "--out", Out("all.csv")));

        Assert.Contains("gone.png", _client.Error, StringComparison.Ordinal);
        Assert.Contains("contains no images", _client.Error, StringComparison.Ordinal);
    }

    private string Out(string name) => Path.Combine(_folder, name);

    private string Image(string name, params byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Out(name))!);
        File.WriteAllBytes(Out(name), bytes);
        return Out(name);
    }
}
