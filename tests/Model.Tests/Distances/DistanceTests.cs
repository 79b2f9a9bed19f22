using Siamese.Model.Distances;
using TorchSharp;

namespace Siamese.Model.Tests.Distances;

public sealed class DistanceTests
{
    private const int Rows = 9;
    private const int Width = 37; // Not a multiple of any vector width.

    public static TheoryData<string> Names => [.. Distance.All.Select(distance => distance.Name)];

    /// <summary>The distance of (1, 2, 2) and (4, 6, 2) by hand.</summary>
    private static readonly Dictionary<string, double> _byHand = new()
    {
        ["euclidean"] = 5,
        ["squared-euclidean"] = 25,
        ["manhattan"] = 7,
        ["cosine"] = 1 - 20 / (3 * 7.48331477), // a·b = 4 + 12 + 4, |a| = 3, |b| = √56
    };

    [Theory, MemberData(nameof(Names))]
    public void Each_distance_matches_a_hand_computation(string name)
    {
        Assert.True(_byHand.TryGetValue(name, out var expected), $"The distance '{name}' is not computed by hand yet; add it above.");
        float[] a = [1, 2, 2];
        float[] b = [4, 6, 2];
        var distance = Distance.Find(name)!;
        using var scope = torch.NewDisposeScope();

        Assert.Equal(expected, distance.Between(a, b), 1e-5);
        Assert.Equal(expected, distance.Between(torch.tensor(a, [1, 3]), torch.tensor(b, [1, 3])).item<float>(), 1e-5);
        Assert.Equal(expected, distance.Matrix(torch.tensor([.. a, .. b], [2, 3]))[0, 1].item<float>(), 1e-5);
    }

    [Theory, MemberData(nameof(Names))]
    public void Rows_matrix_and_spans_agree(string name)
    {
        var distance = Distance.Find(name)!;
        var numbers = Numbers(seed: 1);
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(numbers, [Rows, Width]);
        var matrix = distance.Matrix(embeddings);

        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Rows; j++)
            {
                var expected = distance.Between(numbers.AsSpan(i * Width, Width), numbers.AsSpan(j * Width, Width));
                var tolerance = 1e-5 * Math.Max(1, expected);
                Assert.Equal(expected, matrix[i, j].item<float>(), tolerance);
                Assert.Equal(expected, distance.Between(embeddings[i..(i + 1)], embeddings[j..(j + 1)]).item<float>(), tolerance);
            }
        }
    }

    /// <summary>To the last bit: the same question has the same answer.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_distance_does_not_depend_on_where_embeddings_lie_in_memory(string name)
    {
        var distance = Distance.Find(name)!;
        var random = new Random(3);
        foreach (var width in new[] { 1, 7, 8, 32, 37, 64, 128, 129, 256, 1000 })
        {
            float[] numbers = [.. Enumerable.Range(0, 2 * width).Select(_ => random.NextSingle())];
            var expected = distance.Between(numbers.AsSpan(0, width), numbers.AsSpan(width));
            for (var places = 0; places < 16; places++)
            {
                var first = new float[places + width];
                numbers.AsSpan(0, width).CopyTo(first.AsSpan(places));
                var second = new float[(places * 7 % 16) + width];
                numbers.AsSpan(width).CopyTo(second.AsSpan(second.Length - width));
                Assert.Equal(expected, distance.Between(first.AsSpan(places), second.AsSpan(second.Length - width)));
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Spans_agree_with_a_plain_loop(string name)
    {
        var numbers = Numbers(seed: 2);
        var (a, b) = (numbers[..Width], numbers[Width..(2 * Width)]);
        var (squares, magnitudes, product, lengthA, lengthB) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < Width; i++)
        {
            squares += Math.Pow(a[i] - b[i], 2);
            magnitudes += Math.Abs(a[i] - b[i]);
            product += (double)a[i] * b[i];
            lengthA += (double)a[i] * a[i];
            lengthB += (double)b[i] * b[i];
        }

        var expected = name switch
        {
            "euclidean" => Math.Sqrt(squares),
            "squared-euclidean" => squares,
            "manhattan" => magnitudes,
            "cosine" => 1 - product / Math.Sqrt(lengthA * lengthB),
            _ => throw new NotSupportedException($"The distance '{name}' has no plain loop yet; add it here."),
        };
        Assert.Equal(expected, Distance.Find(name)!.Between(a, b), 1e-5 * Math.Max(1, expected));
    }

    [Theory, MemberData(nameof(Names))]
    public void Equal_rows_and_zero_rows_have_finite_gradients(string name)
    {
        var distance = Distance.Find(name)!;
        using var scope = torch.NewDisposeScope();
        foreach (var value in new[] { 0f, 0.7f })
        {
            var embeddings = torch.full([4, 3], value, requires_grad: true);
            var twin = torch.full([4, 3], value, requires_grad: true);

            (distance.Matrix(embeddings).sum() + distance.Between(embeddings, twin).sum()).backward();

            Assert.True(embeddings.grad!.isfinite().all().item<bool>());
            Assert.True(twin.grad!.isfinite().all().item<bool>());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_match_finite_differences(string name)
    {
        var distance = Distance.Find(name)!;
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(Numbers(seed: 3), [Rows, Width]).to_type(torch.float64).requires_grad_();
        distance.Matrix(embeddings)[0, 1].backward();

        const double Step = 1e-6;
        var bump = torch.zeros_like(embeddings);
        bump[0, 5] = Step;
        var rise = distance.Matrix((embeddings + bump).detach())[0, 1] - distance.Matrix((embeddings - bump).detach())[0, 1];
        Assert.Equal(rise.item<double>() / (2 * Step), embeddings.grad![0, 5].item<double>(), 1e-5);
    }

    [Fact]
    public void Opposite_directions_have_the_maximum_cosine_distance()
    {
        var distance = Distance.Find("cosine")!;
        Assert.Equal(distance.Maximum, distance.Between([1f, -2f], [-3f, 6f]), 1e-6);
        Assert.Equal(0, distance.Between([1f, -2f], [2f, -4f]), 1e-6);
    }

    [Theory, MemberData(nameof(Names))]
    public void Embeddings_of_different_widths_are_refused(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => Distance.Find(name)!.Between([1f, 2f], [1f]));

    [Fact]
    public void An_unknown_name_finds_nothing() => Assert.Null(Distance.Find("hamming"));

    private static float[] Numbers(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows * Width).Select(_ => random.NextSingle() * 4 - 2)];
    }
}
