using Siamese.Model.Data.Strokes;

namespace Siamese.Model.Tests.Data.Strokes;

public sealed class PenResamplingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_straight_line_at_even_speed_gives_equal_steps(bool byTime)
    {
        var points = Resampled(SomeStrokes.Path([(0, 5, 100, 2), (10, 5, 110, 4)]), 5, byTime);

        Assert.Equal(
            [(-0.5f, 0, 0, 1, 0.5f), (-0.25f, 0, 0.25f, 1, 0.625f), (0, 0, 0.5f, 1, 0.75f), (0.25f, 0, 0.75f, 1, 0.875f), (0.5f, 0, 1, 1, 1)],
            points);
    }

    [Fact]
    public void The_larger_side_of_the_bounding_box_is_1_and_the_ratio_stays()
    {
        var points = Resampled(SomeStrokes.Path([(0, 0, 0, 0), (30, 0, 0, 0), (30, -10, 0, 0)]), 5, byTime: false);

        Assert.Equal([-0.5f, -1 / 6f, 1 / 6f, 0.5f, 0.5f], points.Select(point => point.X));
        Assert.Equal([1 / 6f, 1 / 6f, 1 / 6f, 1 / 6f, -1 / 6f], points.Select(point => point.Y));
    }

    [Fact]
    public void An_L_without_times_is_divided_by_its_length()
    {
        var points = Resampled(SomeStrokes.Path([(0, 0, 0, 0), (10, 0, 0, 0), (10, 10, 0, 0)]), 5, byTime: true);

        Assert.Equal([(-0.5f, -0.5f), (0, -0.5f), (0.5f, -0.5f), (0.5f, 0), (0.5f, 0.5f)], points.Select(point => (point.X, point.Y)));
        Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1], points.Select(point => point.Time));
        Assert.All(points, point => Assert.Equal((1, 1), (point.Pen, point.Pressure)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gap_between_strokes_is_a_straight_line_with_the_pen_up(bool byTime)
    {
        // The gap takes less than a tenth of the time, and a third of the length.
        var path = byTime
            ? SomeStrokes.Path([(0, 0, 0, 0), (4, 0, 40, 0)], [(8, 0, 44, 0), (12, 0, 84, 0)])
            : SomeStrokes.Path([(0, 0, 0, 0), (4, 0, 0, 0)], [(8, 0, 0, 0), (12, 0, 0, 0)]);

        var points = Resampled(path, byTime ? 43 : 7, byTime);

        Assert.Equal(byTime ? [21] : [3], Enumerable.Range(0, points.Length).Where(i => points[i].Pen == -1));
        Assert.Equal([0, 0.5f], [points[points.Length / 2].X, points[points.Length / 2].Time], Near);
        Assert.Equal(points.Length - 1, points.Count(point => point.Pen == 1));
    }

    [Fact]
    public void Equal_steps_of_time_are_longer_at_higher_speed()
    {
        var path = SomeStrokes.Path([(0, 0, 0, 0), (1, 0, 10, 0), (4, 0, 20, 0)]);

        Assert.Equal([-0.5f, -0.375f, -0.25f, 0.125f, 0.5f], Resampled(path, 5, byTime: true).Select(point => point.X));
        Assert.Equal([-0.5f, -0.25f, 0, 0.25f, 0.5f], Resampled(path, 5, byTime: false).Select(point => point.X));
        Assert.Equal([0, 0.5f, 2 / 3f, 5 / 6f, 1], Resampled(path, 5, byTime: false).Select(point => point.Time));
    }

    [Fact]
    public void A_long_gap_counts_as_a_tenth_of_the_time_with_the_pen_down()
    {
        // 100 + 100 units of time with the pen down, so the gap counts as 20 of 220.
        var path = SomeStrokes.Path(Steps(0, 0), Steps(20, 10_000));

        var points = Resampled(path, 23, byTime: true);

        Assert.Equal([11], Enumerable.Range(0, 23).Where(i => points[i].Pen == -1));
        Assert.Equal([9 / 30f, 10 / 30f, 15 / 30f, 20 / 30f, 21 / 30f], points[9..14].Select(point => point.X + 0.5f), Near);
        Assert.Equal(10 / 22f, points[10].Time, 1e-6f);

        static (double, double, double, double)[] Steps(int x, int time) => [.. Enumerable.Range(0, 11).Select(i => (x + (double)i, 0.0, time + 10.0 * i, 0.0))];
    }

    [Fact]
    public void A_pause_within_a_stroke_counts_as_20_typical_steps()
    {
        // Steps of 10, 10, 5,000, 10 and 10 units of time count as 10, 10, 200, 10 and 10.
        var path = SomeStrokes.Path([(0, 0, 0, 0), (1, 0, 10, 0), (2, 0, 20, 0), (3, 0, 5020, 0), (4, 0, 5030, 0), (5, 0, 5040, 0)]);

        var points = Resampled(path, 25, byTime: true);

        Assert.Equal([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], new[] { 0, 1, 2, 22, 23, 24 }.Select(i => points[i].X + 0.5f), Near);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Shift_scale_and_the_unit_of_time_do_not_matter(bool byTime)
    {
        var random = new Random(1);
        var path = SomePath(random, () => random.NextDouble(), step: () => random.Next(30));
        var other = new PenPath(Array.ConvertAll(path.Points, point => point with { X = 7 * point.X - 400, Y = 7 * point.Y + 9000, Time = point.Time / 1000 + 1e6, Pressure = 3 * point.Pressure }));

        Assert.Equal(PenResampling.Apply(path, 50, byTime), PenResampling.Apply(other, 50, byTime), Near);
    }

    [Fact]
    public void Points_at_equal_times_do_not_matter()
    {
        var path = SomeStrokes.Path([(0, 0, 5, 0), (1, 0, 5, 0), (2, 0, 10, 0), (3, 0, 15, 0), (4, 0, 15, 0)]);

        Assert.Equal([-0.5f, 0, 0.5f], Resampled(path, 3, byTime: true).Select(point => point.X));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_value_is_finite_and_in_its_range_however_odd_the_path(bool byTime)
    {
        double[] odd = [0, 0, 1, 1e9, 1e9 - 1, double.Epsilon, 1e-310, 1e-200, 3];
        var random = new Random(2);
        for (var i = 0; i < 2000; i++)
        {
            var path = SomePath(random, () => odd[random.Next(odd.Length)], () => random.Next(4) == 0 ? 1e18 * random.NextDouble() : odd[random.Next(odd.Length)]);
            if (path.Points.All(point => (point.X, point.Y) == (path.Points[0].X, path.Points[0].Y)))
                continue;
            var points = Resampled(path, random.Next(2, 40), byTime);
            Assert.All(points, point =>
            {
                Assert.InRange(point.X, -0.5f, 0.5f);
                Assert.InRange(point.Y, -0.5f, 0.5f);
                Assert.InRange(point.Time, 0, 1);
                Assert.True(point.Pen is 1 or -1);
                Assert.InRange(point.Pressure, 0, 1);
            });
            Assert.Equal((0, 1, 1, 1), (points[0].Time, points[^1].Time, points[0].Pen, points[^1].Pen));
        }
    }

    private static PenPath SomePath(Random random, Func<double> value, Func<double> step)
    {
        var time = 0.0;
        return new([.. Enumerable.Range(0, random.Next(2, 12)).Select(i => new PenPoint(value(), value(), time += step(), value(), i == 0 || random.Next(4) == 0))]);
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-4f;

    private static (float X, float Y, float Time, float Pen, float Pressure)[] Resampled(PenPath path, int points, bool byTime) =>
        [.. PenResampling.Apply(path, points, byTime).Chunk(StrokeShape.Channels).Select(row => (row[0], row[1], row[2], row[3], row[4]))];
}
