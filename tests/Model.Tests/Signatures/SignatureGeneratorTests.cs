using System.Text;
using Siamese.Model.Tests.Data.Readers;
using Siamese.Testing.Signatures;
using SkiaSharp;

namespace Siamese.Model.Tests.Signatures;

public sealed class SignatureGeneratorTests
{
    private const int Writers = 8;
    private const int Each = 4;

    private static readonly SignatureGenerator _generator = new(1);

    [Fact]
    public void A_drawing_depends_on_its_numbers_and_not_on_earlier_calls()
    {
        var (first, second) = (new SignatureGenerator(3), new SignatureGenerator(3));
        byte[][] forwards = [Bytes(first.Genuine(0, 1)), Bytes(first.Forgery(2, 5)), Bytes(first.Genuine(0, 2))];
        byte[][] backwards = [Bytes(second.Genuine(0, 2)), Bytes(second.Forgery(2, 5)), Bytes(second.Genuine(0, 1))];

        Assert.Equal(forwards, backwards.Reverse());
    }

    [Fact]
    public void Another_seed_writer_number_or_kind_is_another_drawing()
    {
        SignatureDrawing[] drawings = [_generator.Genuine(0, 0), _generator.Genuine(0, 1), _generator.Genuine(1, 0), _generator.Forgery(0, 0), new SignatureGenerator(2).Genuine(0, 0)];

        Assert.Equal(drawings.Length, drawings.Select(Strokes).Distinct().Count());
        Assert.Equal(drawings.Length, drawings.Select(drawing => Convert.ToHexString(drawing.ToPng())).Distinct().Count());
    }

    /// <summary>Fails if a machine or a version of .NET draws other signatures.</summary>
    [Fact]
    public void The_first_signature_is_the_same_everywhere()
    {
        var lines = Strokes(_generator.Genuine(0, 0)).Split('\n');

        Assert.Equal(["x,y,t,p,stroke", "26.70,22.11,0.00,0.15,1", "30.97,9.26,495.00,0.35,1", "91.30,6.94,2340.00,0.25,2"], [lines[0], lines[1], lines[100], lines[^2]]);
    }

    [Fact]
    public void Forgeries_take_longer_than_every_genuine_signature_of_the_writer()
    {
        for (var writer = 0; writer < Writers; writer++)
        {
            var longest = Genuine(writer).Max(Duration);

            Assert.InRange(longest, 1000, 3500);
            Assert.All(Forged(writer), forgery => Assert.InRange(Duration(forgery), longest, 3 * longest));
        }
    }

    [Fact]
    public void Points_come_200_times_a_second_and_are_plausible()
    {
        foreach (var points in All().Select(drawing => drawing.Points))
        {
            Assert.True(points[0].StartsStroke);
            Assert.InRange(points.Count(point => point.StartsStroke), 1, 4);
            Assert.All(points, point => Assert.InRange(point.Pressure, 0.02, 1));
            Assert.All(points, point => Assert.True(double.IsFinite(point.X + point.Y)));
            Assert.All(points.Zip(points.Skip(1)).Where(pair => !pair.Second.StartsStroke), pair =>
            {
                Assert.Equal(5, pair.Second.Milliseconds - pair.First.Milliseconds, 1e-6);
                Assert.InRange(Math.Abs(pair.Second.X - pair.First.X) + Math.Abs(pair.Second.Y - pair.First.Y), 0, 5);
            });
        }
    }

    [Fact]
    public void Signatures_are_about_three_times_as_wide_as_high()
    {
        static double Range(SignatureDrawing drawing, Func<SignaturePoint, double> side) => drawing.Points.Max(side) - drawing.Points.Min(side);

        Assert.InRange(All().Average(drawing => Range(drawing, point => point.X) / Range(drawing, point => point.Y)), 2.5, 3.5);
    }

    [Fact]
    public void Movements_are_written_as_numbered_strokes()
    {
        var drawing = new SignatureDrawing([new(1, 2.345, 0, 0.5, true), new(-1.5, 2, 5, 0.254, false), new(3, 4, 120, 1, true)], 0);

        Assert.Equal("x,y,t,p,stroke\n1.00,2.35,0.00,0.50,1\n-1.50,2.00,5.00,0.25,1\n3.00,4.00,120.00,1.00,2\n", Strokes(drawing));
    }

    [Fact]
    public void Scans_are_dark_ink_on_grey_paper_of_varying_size()
    {
        var sizes = new HashSet<(int, int)>();
        foreach (var drawing in All().Take(8))
        {
            using var image = SKBitmap.Decode(drawing.ToPng());
            byte[] grey = [.. image.Pixels.Select(pixel => pixel.Red)];
            sizes.Add((image.Width, image.Height));

            Assert.InRange(image.Width, 300, 450);
            Assert.InRange(image.Height, 100, 150);
            Assert.InRange(grey.Count(level => level < 128) / (double)grey.Length, 0.005, 0.1);
            Assert.InRange(grey.Order().ElementAt(grey.Length / 2), 230, 253);
        }

        Assert.True(sizes.Count > 1);
    }

    [Fact]
    public void A_folder_has_both_views_and_is_read_as_writers_with_forgeries()
    {
        using var folder = new DataFolder();
        SignatureGenerator.WriteFolder(folder.Path, seed: 1, writers: 3, genuine: 8, forgeries: 8, strokes: true, images: true);

        string[] expected = [.. Enumerable.Range(0, 8).SelectMany(i => new[] { $"{i:00}.csv", $"{i:00}.png" })];
        foreach (var kind in new[] { "genuine", "forged" })
            Assert.Equal(expected, Directory.GetFiles(folder.At($"writer_002/{kind}")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Strokes(_generator.Forgery(1, 3)), File.ReadAllText(folder.At("writer_001/forged/03.csv")));
        Assert.Equal(["writer_000", "writer_001", "writer_002"], folder.Open().Classes);
    }

    private static IEnumerable<SignatureDrawing> Genuine(int writer) => Enumerable.Range(0, Each).Select(i => _generator.Genuine(writer, i));

    private static IEnumerable<SignatureDrawing> Forged(int writer) => Enumerable.Range(0, Each).Select(i => _generator.Forgery(writer, i));

    private static IEnumerable<SignatureDrawing> All() => Enumerable.Range(0, Writers).SelectMany(writer => Genuine(writer).Concat(Forged(writer)));

    private static double Duration(SignatureDrawing drawing) => drawing.Points[^1].Milliseconds;

    private static string Strokes(SignatureDrawing drawing)
    {
        using var writer = new StringWriter();
        drawing.WriteStrokes(writer);
        return writer.ToString();
    }

    private static byte[] Bytes(SignatureDrawing drawing) => [.. Encoding.UTF8.GetBytes(Strokes(drawing)), .. drawing.ToPng()];
}
