using Siamese.Contracts.Pairs;

namespace Siamese.Client.Tests.Commands.Samples;

public sealed class WorstCommandTests : IDisposable
{
    private readonly ClientRun _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_worst_pairs_are_written_as_images_and_named()
    {
        _client.Sweep.Answer(Some.Completed() with
        {
            Result = Some.Result() with { Worst = [new(7, 3, Relation.Same, 2.4, 0.004), new(1, 2, Relation.Different, 0.2, 0.998)] },
        });
        var folder = Path.Combine(_client.Home, "worst");

        Assert.Equal(0, await _client.Run("worst", "zolaki-47", "--out", folder));
        Assert.Equal(
            $"""
            {folder}/01-same-7-3.png: is same, probability of same 0.40 %
            {folder}/02-different-1-2.png: is different, probability of same 99.80 %

            """,
            _client.Out);
        Assert.Equal([7, 3], File.ReadAllBytes(Path.Combine(folder, "01-same-7-3.png")));
    }

    [Fact]
    public async Task A_sweep_without_a_measured_ensemble_has_no_worst_pairs()
    {
        _client.Sweep.Answer(Some.Completed() with { Result = null });

        Assert.Equal(2, await _client.Run("worst", "zolaki-47", "--out", _client.Home));
        Assert.Contains("has not measured its ensemble on test pairs", _client.Error, StringComparison.Ordinal);
    }
}
