using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class SameRequestsTests
{
    private static readonly SweepRequest _request = new()
    {
        Space = new SearchSpace { Margins = [1, 2], Losses = ["contrastive"], Pairings = [Pairing.Listed], Pairs = 10 },
        Data = new DataSource { Path = "/data/pairs.csv", LabelMeans = Relation.Same },
        Seeds = [1, 2],
        Shards = 2,
    };

    public static TheoryData<string> Differences => [.. _differences.Keys];

    private static readonly Dictionary<string, Func<SweepRequest, SweepRequest>> _differences = new()
    {
        ["margins"] = r => r with { Space = r.Space with { Margins = [1, 5] } },
        ["their order"] = r => r with { Space = r.Space with { Margins = [2, 1] } },
        ["losses"] = r => r with { Space = r.Space with { Losses = ["triplet"] } },
        ["encoders"] = r => r with { Space = r.Space with { Encoders = ["article"] } },
        ["distances"] = r => r with { Space = r.Space with { Distances = ["cosine"] } },
        ["embedding sizes"] = r => r with { Space = r.Space with { EmbeddingSizes = [2] } },
        ["pairing"] = r => r with { Space = r.Space with { Pairings = [Pairing.Batch] } },
        ["batch sizes"] = r => r with { Space = r.Space with { BatchSizes = [64] } },
        ["balances"] = r => r with { Space = r.Space with { Balances = [0.9] } },
        ["learning rates"] = r => r with { Space = r.Space with { LearningRates = [1e-4] } },
        ["epochs"] = r => r with { Space = r.Space with { Epochs = 1 } },
        ["pairs"] = r => r with { Space = r.Space with { Pairs = 11 } },
        ["schedule"] = r => r with { Space = r.Space with { Schedule = LearningRateSchedule.Constant } },
        ["augmentation"] = r => r with { Space = r.Space with { Augment = false } },
        ["path"] = r => r with { Data = r.Data with { Path = "/data/other.csv" } },
        ["split"] = r => r with { Data = r.Data with { SplitBy = SplitBy.Class } },
        ["polarity"] = r => r with { Data = r.Data with { LabelMeans = Relation.Different } },
        ["seeds"] = r => r with { Seeds = [1] },
        ["shards"] = r => r with { Shards = 1 },
    };

    [Fact]
    public void Equal_lists_in_other_arrays_are_the_same() => Assert.True(SameRequests.Are(
        _request, _request with { Space = _request.Space with { Margins = [1, 2] }, Seeds = [1, 2] }));

    [Theory]
    [MemberData(nameof(Differences))]
    public void Anything_that_changes_trials_is_another_request(string what) =>
        Assert.False(SameRequests.Are(_request, _differences[what](_request)));

    [Fact]
    public void How_it_is_run_is_not_what_is_asked_for() =>
        Assert.True(SameRequests.Are(_request, _request with { Slots = 1, StartWhenPrepared = false }));
}
