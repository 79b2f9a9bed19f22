using System.Buffers.Binary;
using System.Text;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Testing.Signatures;

namespace Siamese.Grains.Tests.Data;

public sealed class SampleGrainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-samples-").FullName;
    private readonly SampleGrain _grain = new(Uploaded.Library(new FolderBlobStore("not used"), "not used"));

    private DataSource Source => new() { Path = _folder };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Samples_keep_the_size_and_the_colours_of_the_images()
    {
        var shape = new ImageShape(40, 60, Channels: 3);
        var known = WritePhotos(shape).Select(Convert.ToHexString).ToHashSet();

        var samples = await _grain.Draw(Source, 4, 1, default);

        Assert.All(samples, sample => Assert.Contains(Convert.ToHexString(Read(sample, shape)), known));
    }

    [Fact]
    public async Task Large_images_become_smaller_ones_of_the_same_proportions()
    {
        WritePhotos(new ImageShape(300, 600));

        var sample = (await _grain.Draw(Source, 1, 1, default))[0];

        Assert.Equal((128, 256), SizeOf(sample.File.AsSpan()));
    }

    [Fact]
    public async Task Pairs_are_shown_in_colour_side_by_side()
    {
        var shape = new ImageShape(40, 60, Channels: 3);
        WritePhotos(shape);
        var test = DataSets.Open(Source, shape, default);

        var shown = await _grain.Show(Source, test.Fingerprint, [new PairOfImages(0, 1)], default);

        var both = ImageReader.Read(shown[0].Png.AsSpan().ToArray(), "pair", shape with { Width = 121 });
        for (var row = 0; row < 3 * 40; row++)
        {
            Assert.Equal(test.Test.Images[0].Slice(row * 60, 60), both.AsSpan(row * 121, 60));
            Assert.Equal(127, both[(row * 121) + 60]);
            Assert.Equal(test.Test.Images[1].Slice(row * 60, 60), both.AsSpan((row * 121) + 61, 60));
        }
    }

    [Fact]
    public async Task A_drawing_that_is_there_as_both_is_sampled_as_both()
    {
        SignatureGenerator.WriteFolder(_folder, seed: 1, writers: 8, genuine: 6, forgeries: 0, strokes: true, images: true);

        var samples = await _grain.Draw(Source with { Inputs = InputKinds.Both }, 2, 1, default);
        var images = await _grain.Draw(Source with { Inputs = InputKinds.Images }, 2, 1, default);

        Assert.All(samples, sample => Assert.StartsWith("x,y,t,p,stroke\n", Encoding.UTF8.GetString(sample.Strokes.AsSpan()), StringComparison.Ordinal));
        Assert.All(images, sample => Assert.True(sample.Strokes.IsDefault));
        Assert.All(samples, sample => Assert.True(SizeOf(sample.File.AsSpan()) is ( > 28, > 84)));
    }

    /// <summary>Photos of two classes.</summary>
    /// <returns>The pixels of each.</returns>
    private List<byte[]> WritePhotos(ImageShape shape)
    {
        var photos = new List<byte[]>();
        for (var i = 0; i < 24; i++)
        {
            var pixels = new byte[shape.Bytes];
            new Random(i).NextBytes(pixels);
            Directory.CreateDirectory(Path.Combine(_folder, $"{i % 2}"));
            File.WriteAllBytes(Path.Combine(_folder, $"{i % 2}", $"{i}.png"), PngWriter.Write(pixels, shape));
            photos.Add(pixels);
        }

        return photos;
    }

    private static byte[] Read(Sample sample, ImageShape shape) => ImageReader.Read(sample.File.AsSpan().ToArray(), "sample", shape);

    /// <summary>Rows and columns in a PNG's header.</summary>
    private static (int Rows, int Columns) SizeOf(ReadOnlySpan<byte> png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png[20..]), BinaryPrimitives.ReadInt32BigEndian(png[16..]));
}
