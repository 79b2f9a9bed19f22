using System.Buffers.Binary;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Tests.Data;

/// <summary>Uploaded data equals the data at its path: it has the same fingerprint, and so its trials have the same ids.</summary>
public sealed class UploadedDataTests : IDisposable
{
    private static readonly ImageShape _shape = new(8, 8);

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-uploaded-").FullName;
    private readonly FolderBlobStore _blobs;
    private readonly DataLibrary _library;

    public UploadedDataTests()
    {
        _blobs = new FolderBlobStore(Path.Combine(_folder, "blobs"));
        _library = Uploaded.Library(_blobs, CacheFolder);
    }

    private string CacheFolder => Path.Combine(_folder, "cache");

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_uploaded_folder_of_images_equals_the_original()
    {
        for (var i = 0; i < 24; i++)
            Image($"{(char)('a' + (i % 2))}/{i:00}.png", i);
        await AssertSame(new DataSource { Path = Data }, await Uploaded.Put(_blobs, Data));
    }

    [Fact]
    public async Task An_uploaded_folder_of_idx_files_equals_the_original()
    {
        var pixels = new byte[40 * _shape.Bytes];
        new Random(1).NextBytes(pixels);
        Idx("train-images-idx3-ubyte", [40, 8, 8], pixels);
        Idx("train-labels-idx1-ubyte", [40], [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 2))]);
        await AssertSame(new DataSource { Path = Data }, await Uploaded.Put(_blobs, Data));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_uploaded_csv_of_pairs_equals_the_original(bool namesFullPaths)
    {
        WriteTable(namesFullPaths);
        var manifest = await Uploaded.Put(_blobs, Data, "lists/pairs.csv", namesFullPaths);
        var source = new DataSource { Path = Path.Combine(Data, "lists/pairs.csv"), LabelMeans = Relation.Same };
        await AssertSame(source, manifest, removedFirst: namesFullPaths ? Path.Combine(Data, "images") : null);
    }

    [Fact]
    public async Task An_uploaded_list_beside_its_folder_of_images_equals_the_original()
    {
        WriteTable(namesFullPaths: false);
        var list = Path.Combine(Data, "lists/pairs.csv");
        await File.WriteAllTextAsync(list, (await File.ReadAllTextAsync(list)).Replace("../images/", "", StringComparison.Ordinal));
        var manifest = await Uploaded.Put(_blobs, Data, "lists/pairs.csv");
        var atPath = await _library.Open(new DataSource { Path = list, ListFolder = Path.Combine(Data, "images") }, _shape, CancellationToken.None);

        var uploaded = await _library.Open(new DataSource { Manifest = manifest, Name = "my data", ListFolder = "images" }, _shape, CancellationToken.None);

        Assert.Equal(atPath.Fingerprint, uploaded.Fingerprint);
        Assert.Equal(atPath.Test.Images.Pixels, uploaded.Test.Images.Pixels);
    }

    [Fact]
    public async Task Remarks_use_the_name_that_the_user_gave_the_data()
    {
        for (var i = 0; i < 24; i++)
            Image($"{(char)('a' + (i % 2))}/{i:00}.png", i);
        Image("a/twin.png", 99);
        Image("b/twin.png", 99);
        var source = new DataSource { Manifest = await Uploaded.Put(_blobs, Data), Name = "my data" };

        var remark = Assert.Single((await _library.Open(source, _shape, CancellationToken.None)).Remarks);

        Assert.Equal("Images left out because the same picture is in two classes: 2, such as my data/a/twin.png and my data/b/twin.png.", remark);
    }

    [Fact]
    public async Task A_csv_that_names_a_file_outside_the_upload_is_refused()
    {
        WriteTable(namesFullPaths: true);
        // Without their original folder, full paths would lead to files of the silo itself.
        var manifest = await Uploaded.Put(_blobs, Data, "lists/pairs.csv");
        Assert.Contains("', but the file ", await Refusal(manifest, Relation.Same), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_use_the_name_that_the_user_gave_the_data()
    {
        Image("b/2.png", 2);
        Image("b/3.png", 3);
        var refusal = await Refusal(await Uploaded.Put(_blobs, Data), null);
        Assert.StartsWith("my data has 1 class with at least two images", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(CacheFolder, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unavailable_data_set_is_requested_again_later()
    {
        for (var i = 0; i < 24; i++)
            Image($"{(char)('a' + (i % 2))}/{i:00}.png", i);
        var manifest = await Uploaded.Pieces(_blobs, Data);
        var source = new DataSource { Manifest = Uploaded.Hash(manifest.Write()), Name = "my data" };
        await Assert.ThrowsAsync<DataUnavailableException>(() => _library.Open(source, _shape, CancellationToken.None));

        await _blobs.Put(manifest.Write(), CancellationToken.None);

        Assert.Equal("my data", (await _library.Open(source, _shape, CancellationToken.None)).Name);
    }

    private async Task AssertSame(DataSource atPath, string manifest, string? removedFirst = null)
    {
        var expected = await _library.Open(atPath, _shape, CancellationToken.None);
        if (removedFirst is not null)
            Directory.Delete(removedFirst, recursive: true);

        var uploaded = await _library.Open(
            atPath with { Path = null, Manifest = manifest, Name = "my data" }, _shape, CancellationToken.None);

        Assert.Equal("my data", uploaded.Name);
        Assert.Equal(expected.Fingerprint, uploaded.Fingerprint);
        Assert.Equal(expected.Training.Images.Pixels, uploaded.Training.Images.Pixels);
        Assert.Equal(expected.Test.Images.Pixels, uploaded.Test.Images.Pixels);
        Assert.Equal(expected.Remarks, uploaded.Remarks);
    }

    private async Task<string> Refusal(string manifest, Relation? labelMeans)
    {
        var source = new DataSource { Manifest = manifest, Name = "my data", LabelMeans = labelMeans };
        return (await Assert.ThrowsAsync<BadInputException>(() => _library.Open(source, _shape, CancellationToken.None))).Message;
    }

    /// <summary>Pairs of both kinds among images in a folder next to that of the table.</summary>
    private void WriteTable(bool namesFullPaths)
    {
        var rows = new List<string> { "left,right,same" };
        for (var i = 0; i < 80; i += 2)
        {
            Image($"images/{i}.png", i);
            Image($"images/{i + 1}.png", i + 1);
            rows.Add($"{Named(i)},{Named(i + 1)},{i / 2 % 2}");
        }

        Directory.CreateDirectory(Path.Combine(Data, "lists"));
        File.WriteAllLines(Path.Combine(Data, "lists/pairs.csv"), rows);

        string Named(int image) => namesFullPaths ? Path.Combine(Data, $"images/{image}.png") : $"../images/{image}.png";
    }

    private void Image(string name, int seed)
    {
        var pixels = new byte[_shape.Bytes];
        new Random(seed).NextBytes(pixels);
        var path = Path.Combine(Data, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngWriter.Write(pixels, _shape));
    }

    private void Idx(string name, int[] sizes, byte[] values)
    {
        var header = new byte[4 + (4 * sizes.Length)];
        (header[2], header[3]) = (8, (byte)sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), sizes[i]);
        Directory.CreateDirectory(Data);
        File.WriteAllBytes(Path.Combine(Data, name), [.. header, .. values]);
    }
}
