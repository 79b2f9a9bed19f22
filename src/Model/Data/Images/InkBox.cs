namespace Siamese.Model.Data.Images;

/// <summary>
/// Finds the bounding box of what is drawn on a background. A pixel is ink if it differs from the background by more than the
/// threshold of Otsu ("A threshold selection method from gray-level histograms", IEEE Transactions on Systems, Man, and
/// Cybernetics, 1979), and at least two of its eight neighbours do too, so that specks of dust do not count.
/// </summary>
internal static class InkBox
{
    private const int FewestNeighbours = 2;

    /// <returns>The whole picture if it shows no ink.</returns>
    public static Box Find(Picture picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        var background = Background.Of(picture.Grey, width, height);
        var difference = Array.ConvertAll(picture.Grey, pixel => (byte)Math.Abs(pixel - background));
        var threshold = Otsu(difference);
        var (left, top, right, bottom) = (width, height, -1, -1);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (difference[(y * width) + x] <= threshold || Neighbours(x, y) < FewestNeighbours)
                    continue;
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return right < 0 ? new Box(0, 0, width, height) : new Box(left, top, right - left + 1, bottom - top + 1);

        int Neighbours(int x, int y)
        {
            var count = 0;
            for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
            {
                for (var column = Math.Max(0, x - 1); column <= Math.Min(width - 1, x + 1); column++)
                    count += difference[(row * width) + column] > threshold && (row, column) != (y, x) ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>The value that best separates small from large values: the variance between the two is greatest.</summary>
    private static int Otsu(byte[] values)
    {
        var counts = new long[256];
        foreach (var value in values)
            counts[value]++;
        var sum = counts.Select((count, value) => (double)count * value).Sum();
        var (best, threshold, below, sumBelow) = (-1.0, 0, 0L, 0.0);
        for (var value = 0; value < 255; value++)
        {
            below += counts[value];
            sumBelow += (double)counts[value] * value;
            var above = values.Length - below;
            if (below == 0 || above == 0)
                continue;
            var gap = (sumBelow / below) - ((sum - sumBelow) / above);
            var between = gap * gap * below * above;
            if (between > best)
                (best, threshold) = (between, value);
        }

        return threshold;
    }
}
