using Siamese.Model.Data.Images;

namespace Siamese.Model.Tests.Data.Images;

public sealed class ResamplingTests
{
    [Theory]
    [InlineData(105, 105, 28, 28)]
    [InlineData(28, 28, 105, 105)]
    [InlineData(300, 97, 28, 28)]
    [InlineData(13, 200, 28, 30)]
    [InlineData(1, 1, 5, 3)]
    [InlineData(2, 3, 28, 28)]
    [InlineData(29, 27, 28, 28)]
    [InlineData(1000, 10, 7, 9)]
    public void Each_pixel_is_the_weighted_mean_of_the_pixels_around_it(int width, int height, int columns, int rows)
    {
        var pixels = new byte[width * height];
        new Random(width).NextBytes(pixels);

        // Twice: the weights of a size are kept.
        for (var i = 0; i < 2; i++)
            Assert.Equal(Plainly(pixels, width, height, columns, rows), Resampling.Stretch(pixels, width, height, columns, rows));
    }

    /// <summary>The definition: a triangle filter, in rows after columns, every sum from left to right and from top to bottom.</summary>
    private static byte[] Plainly(byte[] pixels, int width, int height, int columns, int rows)
    {
        var target = new byte[columns * rows];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var sum = 0.0;
                foreach (var (row, weight) in Weights(height, rows, y))
                {
                    var value = 0.0;
                    foreach (var (column, its) in Weights(width, columns, x))
                        value += its * pixels[(row * width) + column];
                    sum += weight * value;
                }

                target[(y * columns) + x] = (byte)Math.Clamp(Math.Floor(sum + 0.5), 0, 255);
            }
        }

        return target;
    }

    private static (int Source, double Weight)[] Weights(int source, int target, int position)
    {
        var scale = (double)source / target;
        var (reach, centre) = (Math.Max(scale, 1), (position + 0.5) * scale);
        var from = Math.Max(0, (int)Math.Floor(centre - reach));
        var raw = Enumerable.Range(from, Math.Min(source, (int)Math.Ceiling(centre + reach)) - from)
            .Select(place => (Source: place, Weight: Math.Max(0, 1 - (Math.Abs(place + 0.5 - centre) / reach)))).ToArray();
        var total = raw.Select(tap => tap.Weight).Sum();
        return Array.ConvertAll(raw, tap => (tap.Source, tap.Weight / total));
    }
}
