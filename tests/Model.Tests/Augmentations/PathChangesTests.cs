using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Augmentations;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Tests.Networks;
using static TorchSharp.torch;

namespace Siamese.Model.Tests.Augmentations;

public sealed class PathChangesTests
{
    private const int X = 0, Y = 1, Time = 2, Pen = 3, Pressure = 4;

    private static readonly InputChange[] _all = [new DroppedEnds(0.2), new TimeWarp(0.1), new PathWarp(20, 0.2, 0.3, 0.05), new PathNoise(0.02), new StrokeOrder(1)];

    public static TheoryData<int> Changes => [.. Enumerable.Range(0, _all.Length)];

    [Theory, MemberData(nameof(Changes))]
    public void A_change_keeps_the_shape_and_finite_values_and_depends_only_on_its_generator(int change)
    {
        using var scope = NewDisposeScope();
        var strokes = SomeTensors.Strokes(5, new StrokeShape(40));
        float[] Changed(int seed) => _all[change].Apply(strokes, SomeTensors.Generator(seed)).Floats();

        Assert.Equal(strokes.shape, _all[change].Apply(strokes, SomeTensors.Generator(1)).shape);
        Assert.All(Changed(1), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(Changed(1), Changed(1));
        Assert.NotEqual(Changed(1), Changed(2));
        Assert.NotEqual(strokes.Floats(), Changed(1));
    }

    [Fact]
    public void A_rotation_keeps_all_distances_but_for_one_scale()
    {
        using var scope = NewDisposeScope();
        var strokes = SomeTensors.Strokes(4, new StrokeShape(30));
        var turned = new PathWarp(90, 0, 0, 0).Apply(strokes, SomeTensors.Generator(1));
        var ratio = Steps(turned) / Steps(strokes); // (B, T − 1)
        Assert.True((ratio - ratio.mean([1], keepdim: true)).abs().max().item<float>() < 1e-3);

        static Tensor Steps(Tensor points) => points.narrow(2, 0, 2).diff(dim: 1).norm(2);
    }

    [Fact]
    public void Another_rhythm_leaves_the_path_and_the_times_and_both_ends()
    {
        using var scope = NewDisposeScope();
        var along = linspace(0, 1, 50);
        var strokes = stack([along, along * 2, along, ones(50), ones(50)], 1).unsqueeze(0); // A straight line at even speed.
        var warped = new TimeWarp(0.1).Apply(strokes, SomeTensors.Generator(3));
        var (x, y, time) = (warped[0, .., X], warped[0, .., Y], warped[0, .., Time]);

        Assert.True((y - (x * 2)).abs().max().item<float>() < 1e-5);
        Assert.Equal(along.Floats(), time.Floats());
        Assert.Equal((0, 1), (x[0].item<float>(), x[49].item<float>()));
        Assert.True(x.diff().min().item<float>() >= 0, "The pen runs back.");
        Assert.True((x - along).abs().max().item<float>() is > 0.01f and < 0.15f);
    }

    [Fact]
    public void Dropped_ends_are_at_most_the_share_and_the_rest_fills_the_box_and_the_time()
    {
        using var scope = NewDisposeScope();
        var along = linspace(0, 1, 101);
        var strokes = stack([along - 0.5, zeros(101), along, ones(101), along], 1).unsqueeze(0).expand(20, -1, -1);
        var dropped = new DroppedEnds(0.2).Apply(strokes, SomeTensors.Generator(1));
        var (first, last) = (dropped.select(1, 0), dropped.select(1, 100)); // (B, 5)

        Assert.All(first.select(1, Pressure).Floats(), start => Assert.InRange(start, 0, 0.2));
        Assert.All(last.select(1, Pressure).Floats(), end => Assert.InRange(end, 0.8, 1));
        Assert.Contains(first.select(1, Pressure).Floats(), start => start > 0.1);
        Assert.All(first.select(1, X).Floats(), x => Assert.Equal(-0.5, x, 1e-5));
        Assert.All(last.select(1, Time).Floats(), time => Assert.Equal(1, time, 1e-5));
        Assert.All(dropped.select(2, Pen).Floats(), pen => Assert.Equal(1, pen, 1e-5));
    }

    [Fact]
    public void Strokes_in_another_order_are_the_same_strokes_and_some_run_backwards()
    {
        using var scope = NewDisposeScope();
        // Three strokes of four, five and six points, and two points above the paper after each of the first two.
        int[] lengths = [4, 5, 6];
        var rows = new List<float[]>();
        foreach (var (stroke, length) in lengths.Index())
        {
            var (start, inAir) = (rows.Count, stroke < 2 ? 2 : 0);
            rows.AddRange(Enumerable.Range(0, length).Select(i => (float[])[stroke, i / 10f, start + i, 1, 0.5f]));
            rows.AddRange(Enumerable.Range(0, inAir).Select(i => (float[])[stroke + 0.5f, 0.9f, start + length + i, -1, 0.5f]));
        }

        var strokes = tensor(rows.SelectMany(row => row.Select((value, axis) => axis == Time ? value / (rows.Count - 1) : value)).ToArray(), [1, rows.Count, 5]);
        var (orders, backwards) = (new HashSet<string>(), 0);
        for (var seed = 1; seed <= 40; seed++)
        {
            var changed = new StrokeOrder(1).Apply(strokes, SomeTensors.Generator(seed)).Floats().Chunk(5).ToArray();
            var onPaper = changed.Where(point => point[Pen] > 0).ToArray();
            int[] order = [.. onPaper.Select(point => (int)point[X]).Distinct()];
            orders.Add(string.Join(',', order));

            Assert.Equal(rows.Count, changed.Length);
            Assert.Equal(order.SelectMany(stroke => Enumerable.Repeat(stroke, lengths[stroke])), onPaper.Select(point => (int)point[X]));
            foreach (var stroke in onPaper.GroupBy(point => point[X]))
            {
                float[] ys = [.. stroke.Select(point => point[Y])];
                backwards += ys[0] > ys[^1] ? 1 : 0;
                Assert.Equal(Enumerable.Range(0, ys.Length).Select(i => i / 10f), ys.Order());
                Assert.True(ys.SequenceEqual(ys.Order()) || ys.SequenceEqual(ys.OrderDescending()));
            }

            Assert.Equal((0, 1), (changed[0][Time], Math.Round(changed[^1][Time], 4)));
            Assert.Equal(changed.Select(point => point[Time]).Order(), changed.Select(point => point[Time]));
            Assert.Equal((1, 1), (changed[0][Pen], changed[^1][Pen]));
            // A drawing without pressure has the same one everywhere, in the air too.
            Assert.All(changed, point => Assert.Equal(0.5, point[Pressure], 1e-6));
        }

        Assert.Equal(6, orders.Count);
        Assert.InRange(backwards, 40, 80);
        Assert.Equal(strokes.Floats(), new StrokeOrder(1e-9).Apply(strokes, SomeTensors.Generator(1)).Floats());
    }

    [Fact]
    public void Only_changes_of_strokes_apply_to_strokes()
    {
        var hyperparameters = new Hyperparameters { Rotation = 10, Noise = 0.01, TimeWarp = 0.1, DroppedEnds = 0.1, StrokeOrder = 0.1, Blur = 1 };
        Assert.Equal(
            [typeof(StrokeOrder), typeof(DroppedEnds), typeof(TimeWarp), typeof(PathWarp), typeof(PathNoise)],
            InputChange.Of(hyperparameters, InputKinds.Strokes).Select(change => change.GetType()));
        Assert.DoesNotContain(InputChange.Of(hyperparameters), change => change is PathWarp or TimeWarp);
    }
}
