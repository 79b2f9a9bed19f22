using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Tuning;
using Siamese.Model.Ensembles;
using Siamese.Model.Galleries;
using Siamese.Model.Networks;

namespace Siamese.Model.Tests.Galleries;

public sealed class ProbeTests
{
    private const int Width = 6;

    /// <summary>Every distance, one of them between the two sides of a pseudo-Siamese network.</summary>
    private static readonly Hyperparameters[] _kinds =
    [
        Of("euclidean"), Of("cosine"), Of("manhattan") with { Network = NetworkKind.PseudoSiamese }, Of("squared-euclidean"),
    ];

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(3, 40)]
    [InlineData(4, 7)]
    public void The_nearest_names_agree_with_a_naive_search(int seed, int top)
    {
        var random = new Random(seed);
        var ensemble = Ensemble(_kinds);
        var lots = Enumerable.Range(0, 7).Select(_ => Lot(random, random.Next(1, 60), names: 25)).ToArray();
        var image = Some(random, 1);

        var found = Search(new Probe(ensemble, image), lots, top);

        var expected = lots
            .SelectMany(lot => lot.Names.Select((name, row) => (Name: name, Distance: Naive(ensemble, image, lot, row))))
            .GroupBy(pair => pair.Name, pair => pair.Distance, (name, distances) => (Name: name, Distance: distances.Min()))
            .OrderBy(pair => pair.Distance).Take(top).ToArray();
        Assert.Equal(expected.Select(pair => pair.Name), found.Select(near => near.Name));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Distance, pair.Second.Distance, 1e-5));
    }

    [Fact]
    public void A_distance_is_bit_identical_to_that_of_a_verdict_on_the_pair()
    {
        var random = new Random(5);
        var ensemble = Ensemble(_kinds);
        var lot = Lot(random, 50, names: 50);
        var probe = new Probe(ensemble, Some(random, 1));

        foreach (var near in Search(probe, [lot], 50))
            Assert.Equal(near.Distance, EnsembleVerdict.Judge(ensemble, probe.Distances(lot, near.Row), VerdictTerms.Default).Distance);
    }

    [Fact]
    public void Parts_searched_separately_give_the_same_result_as_all_together()
    {
        var random = new Random(6);
        var lots = Enumerable.Range(0, 9).Select(_ => Lot(random, 40, names: 60)).ToArray();
        var probe = new Probe(Ensemble(_kinds), Some(random, 1));
        var (even, odd) = (new NearestNames(10), new NearestNames(10));

        for (var lot = 0; lot < lots.Length; lot++)
            probe.Search(lots[lot], lot, lot % 2 == 0 ? even : odd);
        foreach (var near in odd.Nearest)
            even.Offer(near);

        Assert.Equal(Search(probe, lots, 10), even.Nearest);
    }

    [Fact]
    public void In_a_pseudo_siamese_network_the_enrolled_image_is_the_second()
    {
        var ensemble = Ensemble([Of("manhattan", width: 1) with { Network = NetworkKind.PseudoSiamese }]);

        // As the first image, the enrolled one would be 10 away; as the second, it is at distance 0.
        var found = Search(new Probe(ensemble, [[1, 11]]), [new EnrolledLot(["one"], [[1, 1]])], 1);

        Assert.Equal(0, Assert.Single(found).Distance);
    }

    [Fact]
    public void Equally_near_names_are_ordered_by_name_wherever_they_are_stored()
    {
        var ensemble = Ensemble([Of("euclidean", width: 1)]);
        EnrolledLot[] lots = [new(["d", "b"], [[1, 1]]), new(["c", "a", "d"], [[1, 1, 1]])];

        Assert.Equal(["a", "b", "c"], Search(new Probe(ensemble, [[0f]]), lots, 3).Select(near => near.Name));
        Assert.Equal(["a", "b", "c"], Search(new Probe(ensemble, [[0f]]), [lots[1], lots[0]], 3).Select(near => near.Name));
        Assert.Equal(["a", "b", "c", "d"], Search(new Probe(ensemble, [[0f]]), lots, 100).Select(near => near.Name));
    }

    [Fact]
    public void A_dropped_name_returns_with_a_nearer_image_and_counts_once()
    {
        var ensemble = Ensemble([Of("euclidean", width: 1)]);
        var lot = new EnrolledLot(["x", "a", "b", "x", "x", "a"], [[5, 4, 3, 1, 2, 1.5f]]);

        var found = Search(new Probe(ensemble, [[0f]]), [lot], 2);

        Assert.Equal([("x", 3), ("a", 5)], found.Select(near => (near.Name, near.Row)));
    }

    [Fact]
    public void An_embedding_that_is_not_a_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Probe(Ensemble([Of("euclidean", width: 1)]), [[float.NaN]]));

    private static Hyperparameters Of(string distance, int width = Width) => new() { Distance = distance, EmbeddingSize = width };

    private static IReadOnlyList<NearReference> Search(Probe probe, EnrolledLot[] lots, int top)
    {
        var nearest = new NearestNames(top);
        for (var lot = 0; lot < lots.Length; lot++)
            probe.Search(lots[lot], lot, nearest);
        return nearest.Nearest;
    }

    private static EnrolledLot Lot(Random random, int count, int names) =>
        new([.. Enumerable.Range(0, count).Select(_ => $"name {random.Next(names)}")], Some(random, count));

    private static float[][] Some(Random random, int count) => Array.ConvertAll(
        _kinds, kind => Enumerable.Range(0, count * Encoders.WidthOf(kind)).Select(_ => (2 * random.NextSingle()) - 1).ToArray());

    /// <summary>From the formulas, in double precision.</summary>
    private static double Naive(Ensemble ensemble, float[][] image, EnrolledLot lot, int row) => ensemble.Members.Select((member, m) =>
    {
        var of = member.Spec.Hyperparameters;
        var width = Encoders.WidthOf(of);
        double[] a = [.. image[m].Select(x => (double)x)];
        double[] b = [.. lot.Embeddings[m].Skip(row * width).Take(width).Select(x => (double)x)];
        if (of.Network is NetworkKind.PseudoSiamese)
            (a, b) = (a[..Width], b[Width..]);
        var distance = of.Distance switch
        {
            "euclidean" => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()),
            "squared-euclidean" => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum(),
            "manhattan" => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum(),
            _ => 1 - (a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y))),
        };
        return member.Weight * distance / member.Threshold;
    }).Sum();

    private static Ensemble Ensemble(Hyperparameters[] members) => new()
    {
        Name = "some",
        Version = 1,
        FormedAt = DateTimeOffset.UnixEpoch,
        Members =
        [
            .. members.Select((hyperparameters, m) => new Member
            {
                Trial = $"trial {m}",
                Spec = new() { Hyperparameters = hyperparameters, DataFingerprint = "data", Shard = 0, Shards = 1, Seed = m, CodeVersion = "code" },
                WeightsBlob = $"weights {m}",
                Threshold = 0.5 + m,
                Weight = (m + 1) / (members.Length * (members.Length + 1) / 2.0),
                ValidationEer = 0.1,
            }),
        ],
        Threshold = 1,
        PlattA = 5,
        PlattB = -5,
        Data = DataSource.MnistMini,
        Validation = new(100, 0.1, 1, 0.95, 0.9, 0.8, 0.7),
    };
}
