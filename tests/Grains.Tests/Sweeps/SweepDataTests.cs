using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Tests.Clusters;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>A sweep and the data at a path, which may change, be mended or be small.</summary>
public sealed class SweepDataTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-data-").FullName;
    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.Start();
        _cluster.Trainings.AtOnce = lease => Some.Result(sweep: lease.Sweep);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_rejected_sweep_does_not_hold_its_name_and_its_data_is_read_again()
    {
        await Write(classes: 1, imagesEach: 12);
        var rejected = await TestCluster.Until(await _cluster.Submit("mine", Request()), SweepPhase.Rejected);
        Assert.Contains("1 class", rejected.Problem, StringComparison.Ordinal);

        await Write(classes: 3, imagesEach: 12);
        var sweep = await TestCluster.Until(await _cluster.Submit("mine", Request()), SweepPhase.Completed);

        Assert.Null(sweep.Stopped);
        Assert.Equal((1, 3), (sweep.EndedInAll, sweep.Plan!.Classes));
    }

    [Fact]
    public async Task Other_settings_may_take_the_name_of_a_rejected_sweep_but_not_of_a_trained_one()
    {
        await Write(classes: 1, imagesEach: 12);
        await TestCluster.Until(await _cluster.Submit("mine", Request()), SweepPhase.Rejected);
        await Write(classes: 3, imagesEach: 12);

        await TestCluster.Until(await _cluster.Submit("mine", Request() with { Seeds = [7] }), SweepPhase.Completed);

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => _cluster.Submit("mine", Request()));
        Assert.Contains("already exists with other settings", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_request_on_changed_data_is_refused_instead_of_answered_with_the_old_result()
    {
        await Write(classes: 3, imagesEach: 12);
        await TestCluster.Until(await _cluster.Submit("mine", Request()), SweepPhase.Completed);
        await _cluster.Submit("mine", Request());

        await Write(classes: 4, imagesEach: 12);

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => _cluster.Submit("mine", Request()));
        Assert.Contains($"{_folder} has changed since sweep 'mine' was trained on it.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SplitBy.Image)]
    [InlineData(SplitBy.Class)]
    public async Task Defaults_suit_a_small_data_set(SplitBy splitBy)
    {
        await Write(classes: 6, imagesEach: 10);
        var sweep = await TestCluster.Until(await _cluster.Submit("mine", Request() with { Data = Data with { SplitBy = splitBy } }), SweepPhase.Completed);

        Assert.True(sweep.Plan!.TrainingImages < 120);
        Assert.Contains(sweep.Plan.Remarks, remark => remark.Contains("'batch-size' ", StringComparison.Ordinal));
        var trial = Assert.Single(await _cluster.Sweep("mine").GetTrials(CancellationToken.None));
        Assert.InRange(trial.Spec.Hyperparameters.BatchSize, 4, sweep.Plan.TrainingImages / 2);
    }

    [Fact]
    public async Task A_stated_batch_size_is_not_adapted()
    {
        await Write(classes: 6, imagesEach: 10);
        var request = Request() with { Space = SearchSpace.Of(("batch-size", [120])) };
        Assert.Contains("larger than a shard", (await TestCluster.Until(await _cluster.Submit("mine", request), SweepPhase.Rejected)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_pairs_needs_no_pairing()
    {
        await Write(classes: 12, imagesEach: 4);
        var rows = Enumerable.Range(0, 12).SelectMany(c => new[] { $"{c}/0.png,{c}/1.png,same", $"{c}/1.png,{(c + 1) % 12 / 2 * 2 + (c % 2)}/2.png,different" });
        var list = Path.Combine(_folder, "pairs.csv");
        await File.WriteAllLinesAsync(list, rows);

        var sweep = await TestCluster.Until(await _cluster.Submit("mine", Request() with
        {
            Data = new DataSource { Path = list, ListFolder = _folder },
            Space = SearchSpace.Of(("pairs", [64]), ("batch-size", [8])),
        }), SweepPhase.Completed);

        Assert.Contains(sweep.Plan!.Remarks, remark => remark.Contains("'pairing' listed", StringComparison.Ordinal));
        Assert.Equal(Pairing.Listed, Assert.Single(await _cluster.Sweep("mine").GetTrials(CancellationToken.None)).Spec.Hyperparameters.Pairing);
    }

    private DataSource Data => new() { Path = _folder };

    private SweepRequest Request() => Some.Request() with { Data = Data, Space = new SearchSpace() };

    private async Task Write(int classes, int imagesEach)
    {
        for (var i = 0; i < classes * imagesEach; i++)
        {
            var pixels = new byte[ImageShape.Digits.Bytes];
            new Random(i).NextBytes(pixels);
            var path = Path.Combine(_folder, $"{i / imagesEach}", $"{i % imagesEach}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, PngWriter.Write(pixels, ImageShape.Digits));
        }
    }
}
