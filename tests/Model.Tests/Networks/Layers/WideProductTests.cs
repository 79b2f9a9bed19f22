using Siamese.Model.Networks.Layers;

namespace Siamese.Model.Tests.Networks.Layers;

public sealed class WideProductTests
{
    // Sizes that fill tiles and sizes that leave a remainder; depths above and below a block of 128; widths with packed and unpacked rows.
    [Theory, InlineData(1, 12, 32), InlineData(26, 100, 128), InlineData(100, 128, 32), InlineData(300, 17, 160), InlineData(128, 35, 64)]
    [InlineData(300, 24, 256), InlineData(129, 35, 288), InlineData(7, 13, 512)]
    public void Adding_a_transposed_product_agrees_with_a_naive_loop(int depth, int m, int n)
    {
        var (a, b, c) = (Some(1, depth * m), Some(2, depth * n), Some(3, m * n));
        var expected = new double[m * n];
        for (var i = 0; i < m * n; i++)
        {
            expected[i] = c[i];
            for (var k = 0; k < depth; k++)
                expected[i] += (double)a[(k * m) + (i / n)] * b[(k * n) + (i % n)];
        }

        WideProduct.AddTransposed(a, b, c, m, n);

        AssertClose(expected, c);
    }

    [Theory, InlineData(16, 4, 6), InlineData(48, 5, 7), InlineData(2048, 33, 64)]
    public void A_product_of_rows_agrees_with_a_naive_loop(int depth, int m, int n)
    {
        var (a, b, row, c) = (Some(1, m * depth), Some(2, n * depth), Some(3, n), new float[m * n]);
        var expected = new double[m * n];
        for (var i = 0; i < m * n; i++)
        {
            expected[i] = row[i % n];
            for (var k = 0; k < depth; k++)
                expected[i] += (double)a[(i / n * depth) + k] * b[(i % n * depth) + k];
        }

        WideDot.Multiply(a, b, row, c, m, n);

        AssertClose(expected, c);
    }

    [Fact]
    public void Unsupported_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WideProduct.AddTransposed(new float[11], new float[32], new float[352], 11, 32));
        Assert.Throws<ArgumentOutOfRangeException>(() => WideProduct.AddTransposed(new float[12], new float[30], new float[360], 12, 30));
        Assert.Throws<ArgumentOutOfRangeException>(() => WideDot.Multiply(new float[60], new float[90], new float[6], new float[24], 4, 6));
    }

    private static float[] Some(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < actual.Length; i++)
            Assert.InRange(actual[i], expected[i] - (1e-5 * largest), expected[i] + (1e-5 * largest));
    }
}
