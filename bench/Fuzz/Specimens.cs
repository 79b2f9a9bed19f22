using System.IO.Compression;
using System.Text;
using BitMiracle.LibTiff.Classic;
using Siamese.Client.Commands.Sweeps;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Strokes;
using Siamese.Testing.Strokes;
using SkiaSharp;

namespace Siamese.Bench.Fuzz;

/// <summary>Valid files of one kind, and what reads them.</summary>
/// <param name="Name">Such as `png`.</param>
/// <param name="Files">The files to mutate.</param>
/// <param name="Read">Reads a file.</param>
internal sealed record Specimen(string Name, IReadOnlyList<byte[]> Files, Action<byte[]> Read)
{
    /// <summary>Whether it is refused with <see cref="InvalidDataException"/>, because it is part of something else.</summary>
    public bool IsWire { get; init; }
}

/// <summary>Small valid files of every kind that is read.</summary>
internal static class Specimens
{
    private const int Side = 24;

    public static IReadOnlyList<Specimen> All() =>
    [
        new("csv", [.. Lists()], ReadList),
        new("png", [Encoded(SKEncodedImageFormat.Png, SKAlphaType.Opaque), Encoded(SKEncodedImageFormat.Png, SKAlphaType.Unpremul)], ReadImage),
        new("jpeg", [Encoded(SKEncodedImageFormat.Jpeg, SKAlphaType.Opaque)], ReadImage),
        new("webp", [Encoded(SKEncodedImageFormat.Webp, SKAlphaType.Opaque), Encoded(SKEncodedImageFormat.Webp, SKAlphaType.Unpremul)], ReadImage),
        new("tiff", [.. Tiffs()], ReadImage),
        new("pgm", [[.. "P5 24 24 255\n"u8, .. Pixels()], Encoding.ASCII.GetBytes($"P2\n# plain\n24 24\n255\n{string.Join(' ', Pixels())}\n")], ReadImage),
        new("strokes", [.. StrokeFiles.All.Select(Encoding.UTF8.GetBytes)], file => ItemReader.Read(file, "a file", StrokeShape.Usual)),
        new("data-manifest", [DataSet().Write()], file => DataManifest.Read(file)) { IsWire = true },
        new("verdict-id", [.. Enumerable.Range(1, 4).Select(i => Encoding.ASCII.GetBytes(Convert.ToBase64String([.. Pixels().Skip(i).Take(18)])))], file => VerdictId.Parse(Encoding.UTF8.GetString(file))),
        new("space", [File.ReadAllBytes(SpaceFile.Default)], ReadSpace),
        new("idx", [Idx(3), Gzip(Idx(3)), Idx(1)], ReadIdx),
    ];

    /// <summary>A PNG file of about the largest number of pixels that is read, which compresses to little.</summary>
    public static byte[] Large()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(7000, 7000, SKColorType.Gray8));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawCircle(3500, 3500, 2000, new SKPaint { Color = SKColors.Black });
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    private static DataManifest DataSet()
    {
        var hash = new string('a', 64);
        return new DataManifest([new("one/a.png", 10, hash), new("two/b.png", 20, hash)], [new(30, hash)], null, null);
    }

    private static byte[] Pixels()
    {
        var pixels = new byte[Side * Side];
        new Random(1).NextBytes(pixels);
        return pixels;
    }

    private static void ReadImage(byte[] file) => ImageReader.Read(file, "a file", ImageShape.Digits);

    private static void ReadIdx(byte[] file)
    {
        using var stream = new MemoryStream(file);
        IdxFile.Read(stream, file.Length, packed: file is [0x1F, 0x8B, ..], "a file", dimensions: file is [_, _, _, 1, ..] ? 1 : 3);
    }

    private static void ReadSpace(byte[] file) => ReadFile(file, path => SpaceFile.Read(path));

    private static void ReadList(byte[] file) => ReadFile(
        file,
        path =>
        {
            var list = ImageList.Read(path, Path.GetTempPath());
            if (list.Kind is ListKind.Images)
                ClassList.Find(list, new DataSource { SkipsUnreadable = true });
            else
                new PairTable(list, Relation.Same, skipsUnreadable: true).Read(CancellationToken.None);
        });

    private static void ReadFile(byte[] file, Action<string> read)
    {
        var path = Path.Combine(Path.GetTempPath(), $"siamese-fuzz-{Environment.CurrentManagedThreadId}.csv");
        try
        {
            File.WriteAllBytes(path, file);
            read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<byte[]> Lists()
    {
        var pairs = string.Concat(Enumerable.Range(0, 30).Select(i => $"images/w{i}/0.png,images/w{i}/1.png,{i % 2}\n"));
        yield return Encoding.UTF8.GetBytes($"image_1,image_2,label\n{pairs}");
        yield return Encoding.UTF8.GetBytes(pairs.Replace(',', ';'));
        yield return [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(pairs.Replace(',', '\t'))];
        yield return Gzip(Encoding.UTF8.GetBytes($"# a comment\n\"path\",\"class\",\"group\",\"split\"\n{string.Concat(Enumerable.Range(0, 30).Select(i => $"\"a, b/{i}.png\",c{i % 3},g,train\n"))}"));
        yield return Encoding.UTF8.GetBytes($"10\t30\n{string.Concat(Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? $"Ann_{i}\t1\t2\n" : $"Ann_{i}\t1\tBob_{i}\t3\n"))}");
        yield return Encoding.UTF8.GetBytes($"anchor,positive,negative\n{string.Concat(Enumerable.Range(0, 30).Select(i => $"C:\\a\\{i}.png,a\\{i}.png,b\\{i}.png\n"))}");
    }

    private static byte[] Encoded(SKEncodedImageFormat format, SKAlphaType alpha)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, alpha));
        var random = new Random(1);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
                bitmap.SetPixel(x, y, new SKColor((byte)random.Next(256), (byte)(10 * x), (byte)(10 * y), alpha is SKAlphaType.Opaque ? byte.MaxValue : (byte)random.Next(256)));
        }

        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    private static IEnumerable<byte[]> Tiffs()
    {
        foreach (var compression in new[] { Compression.NONE, Compression.LZW, Compression.PACKBITS, Compression.ADOBE_DEFLATE })
        {
            foreach (var samples in new[] { 1, 3 })
            {
                using var stream = new MemoryStream();
                using (var tiff = Tiff.ClientOpen("in memory", samples == 1 ? "wl" : "wb", stream, new TiffStream()))
                {
                    tiff.SetField(TiffTag.IMAGEWIDTH, Side);
                    tiff.SetField(TiffTag.IMAGELENGTH, Side);
                    tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
                    tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
                    tiff.SetField(TiffTag.PHOTOMETRIC, samples == 1 ? Photometric.MINISBLACK : Photometric.RGB);
                    tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
                    tiff.SetField(TiffTag.ROWSPERSTRIP, 8);
                    tiff.SetField(TiffTag.COMPRESSION, compression);
                    var random = new Random(1);
                    var row = new byte[Side * samples];
                    for (var y = 0; y < Side; y++)
                    {
                        random.NextBytes(row);
                        tiff.WriteScanline(row, y);
                    }

                    tiff.WriteDirectory();
                    tiff.Flush();
                }

                yield return stream.ToArray();
            }
        }
    }

    private static byte[] Idx(int dimensions)
    {
        byte[] sizes = [.. Enumerable.Repeat((byte[])[0, 0, 0, 6], dimensions).SelectMany(size => size)];
        return [0, 0, 8, (byte)dimensions, .. sizes, .. Pixels().Take((int)Math.Pow(6, dimensions))];
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
