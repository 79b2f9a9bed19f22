using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

public sealed class ContextBitmapTests
{
    private const int Points = 12;

    private static readonly float[] _places = [-0.4f, -0.2f, 0, 0.2f, 0.4f];

    [Fact]
    public void Each_pixel_is_ten_times_the_share_of_the_ink_near_it()
    {
        using var scope = torch.NewDisposeScope();
        var points = SomePath();
        var pen = new PenMotion(points);
        var (x, y, way, down) = (Row(pen.X), Row(pen.Y), Row(pen.Way), Row(pen.Pen));
        var ink = Enumerable.Range(0, Points / 2).Sum(j => down[(2 * j) + 1] > 0 ? way[(2 * j) + 1] : 0);

        var bitmap = ContextBitmap.Of(pen);

        Assert.Equal([1, ContextBitmap.Pixels, Points], bitmap.shape);
        for (var t = 0; t < Points; t++)
        {
            for (var pixel = 0; pixel < ContextBitmap.Pixels; pixel++)
            {
                var (column, row) = (x[t] + _places[pixel / 5], y[t] + _places[pixel % 5]);
                var expected = Enumerable.Range(0, Points / 2).Sum(j => (down[(2 * j) + 1] > 0 ? way[(2 * j) + 1] / ink : 0)
                    * Math.Exp(-50 * (Math.Pow(x[(2 * j) + 1] - column, 2) + Math.Pow(y[(2 * j) + 1] - row, 2))));
                Assert.Equal(10 * expected, bitmap[0, pixel, t].item<float>(), 1e-4);
            }
        }

        float[] Row(torch.Tensor values) => values[0].contiguous().data<float>().ToArray();
    }

    [Fact]
    public void A_drawing_without_ink_has_an_empty_context()
    {
        using var scope = torch.NewDisposeScope();
        var points = SomePath();
        points.select(2, 3).fill_(-1);

        Assert.Equal(0, ContextBitmap.Of(new PenMotion(points)).abs().max().item<float>());
    }

    /// <returns>(1, 12, 5): a zigzag, with the pen up in the middle.</returns>
    private static torch.Tensor SomePath()
    {
        var values = Enumerable.Range(0, Points).SelectMany(i => new[] { (0.09f * i) - 0.5f, i % 3 * 0.2f, i / 11f, i is 4 or 5 ? -1 : 1, 1 });
        return torch.tensor(values.ToArray(), [1, Points, 5]);
    }
}
