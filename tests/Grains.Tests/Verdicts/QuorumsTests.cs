using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Members;
using Siamese.Grains.Tests.Ensembles;
using Siamese.Grains.Verdicts;

namespace Siamese.Grains.Tests.Verdicts;

public sealed class QuorumsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CountedBlobs _blobs = new();
    private readonly MemberCache _cache;
    private readonly Quorums _quorums;
    private readonly Ensemble _ensemble;

    public QuorumsTests()
    {
        _cache = new MemberCache(_blobs);
        _quorums = new Quorums(_cache, _time, NullLogger<Quorums>.Instance);
        _ensemble = Of(0.5, 0.3, 0.2);
    }

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task With_all_members_present_the_ensemble_is_unchanged()
    {
        var quorum = await _quorums.Load(_ensemble, default);

        Assert.Same(_ensemble, quorum.Ensemble);
        Assert.Equal(_ensemble.Members.Select(member => member.WeightsBlob), quorum.Members.Select(member => member.WeightsBlob));
        Assert.Empty(quorum.Absent);
    }

    [Fact]
    public async Task Members_with_more_than_half_of_the_weight_are_a_quorum()
    {
        _blobs.Lose(_ensemble.Members[1].WeightsBlob);

        var quorum = await _quorums.Load(_ensemble, default);

        Assert.Equal([_ensemble.Members[0].Trial, _ensemble.Members[2].Trial], quorum.Ensemble.Members.Select(member => member.Trial));
        Assert.Equal([0.5 / 0.7, 0.2 / 0.7], quorum.Ensemble.Members.Select(member => member.Weight));
        Assert.Equal(quorum.Ensemble.Members.Select(member => member.WeightsBlob), quorum.Members.Select(member => member.WeightsBlob));
        Assert.Equal(_ensemble.Threshold, quorum.Ensemble.Threshold);
        Assert.Equal(new AbsentMember(_ensemble.Members[1].Trial, 0.3, "Lost"), Assert.Single(quorum.Absent));
    }

    [Fact]
    public async Task Half_of_the_weight_is_not_a_quorum()
    {
        _blobs.Lose(_ensemble.Members[0].WeightsBlob);

        var refusal = await Assert.ThrowsAsync<NoQuorumException>(() => _quorums.Load(_ensemble, default));

        Assert.Contains("1 of its 3 members cannot be loaded", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{_ensemble.Members[0].Trial[..8]}: Lost", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_member_is_tried_again_after_a_pause_and_not_before()
    {
        var lost = _ensemble.Members[2].WeightsBlob;
        _blobs.Lose(lost);
        await _quorums.Load(_ensemble, default);
        _blobs.Find(lost);

        Assert.Single((await _quorums.Load(_ensemble, default)).Absent);
        Assert.Equal(1, _blobs.Loads(lost));

        _time.Advance(Quorums.Pause);
        Assert.Empty((await _quorums.Load(_ensemble, default)).Absent);
    }

    [Fact]
    public async Task A_hanging_store_is_awaited_for_a_while_and_asked_again_later()
    {
        await _quorums.Load(Of(_ensemble.Members[..2]), default);
        _blobs.Gate = new TaskCompletionSource();
        var hanging = _ensemble.Members[2].WeightsBlob;
        var loading = _quorums.Load(_ensemble, default);
        await _blobs.Asked(hanging);

        // The request comes a moment before the wait for it begins.
        for (; !loading.IsCompleted; await Task.Delay(10))
            _time.Advance(Quorums.Patience);
        Assert.Equal("not loaded within 8 s", Assert.Single((await loading).Absent).Reason);

        // The first load never ends, but it does not block a new one.
        _blobs.Gate = CountedBlobs.Opened();
        _time.Advance(Quorums.Pause);
        Assert.Empty((await _quorums.Load(_ensemble, default)).Absent);
        Assert.Equal(2, _blobs.Loads(hanging));
    }

    private Ensemble Of(params double[] weights) => Of([.. weights.Select((weight, i) => new Member
    {
        Trial = $"trial-{i}-of-some",
        Spec = new TrialSpec { Hyperparameters = new Hyperparameters(), DataFingerprint = "data", Shard = 0, Shards = 1, Seed = i, CodeVersion = "code" },
        WeightsBlob = _blobs.Add(i),
        Threshold = 1,
        Weight = weight,
        ValidationEer = 0.1,
    })]);

    private static Ensemble Of(IEnumerable<Member> members) => new()
    {
        Name = "some",
        Version = 1,
        FormedAt = DateTimeOffset.UnixEpoch,
        Members = [.. members],
        Threshold = 1,
        PlattA = 1,
        PlattB = -1,
        Data = DataSource.MnistMini,
        Validation = new PairMetrics(1, 0.1, 1, 0.9, 0.9, 0.9, 0.9),
    };
}
