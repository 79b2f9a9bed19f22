using Siamese.Model.Randomness;
using Siamese.Model.Tests.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Randomness;

public sealed class TrialRandomTests
{
    [Fact]
    public void A_batch_gets_the_same_draws_whatever_was_drawn_before()
    {
        using var random = new TrialRandom(3);
        using var resumed = new TrialRandom(3);
        var first = Draw(random, 4, 2);
        Draw(random, 9, 9);
        Assert.Equal(first, Draw(random, 4, 2));
        Assert.Equal(first, Draw(resumed, 4, 2));
        Assert.Equal(Next(random.ForEpoch(7)), Next(resumed.ForEpoch(7)));
        Assert.Equal(Next(random.ForTrial()), Next(resumed.ForTrial()));
    }

    [Fact]
    public void Seeds_epochs_and_batches_have_separate_streams()
    {
        var streams = new List<string>();
        foreach (var seed in new[] { -1, 0, 1, 2, int.MaxValue })
        {
            using var random = new TrialRandom(seed);
            foreach (var epoch in Enumerable.Range(0, 6))
                streams.AddRange(Enumerable.Range(0, 6).Select(batch => string.Join(' ', Draw(random, epoch, batch))));
        }

        Assert.Equal(5 * 36, streams.Distinct().Count());
    }

    [Fact]
    public void The_list_and_each_epochs_order_have_separate_streams()
    {
        var streams = Enumerable.Range(0, 50).SelectMany(seed =>
        {
            using var random = new TrialRandom(seed);
            return Enumerable.Range(0, 20).Select(random.ForEpoch).Append(random.ForTrial()).Select(Next).ToArray();
        });
        Assert.Equal(50 * 21, streams.Distinct().Count());
    }

    [Fact]
    public void Streams_of_neighbouring_batches_are_uncorrelated()
    {
        using var random = new TrialRandom(1);
        double[] first = Draw(random, 1, 1, 4000), second = Draw(random, 1, 2, 4000);
        var (a, b) = (first.Average(), second.Average());
        var covariance = first.Zip(second, (x, y) => (x - a) * (y - b)).Average();
        Assert.Equal(0, covariance * 12, 0.07); // Correlation; 1/√4000 is 0.016.
    }

    private static double[] Draw(TrialRandom random, int epoch, int batch, int count = 8)
    {
        using var scope = torch.NewDisposeScope();
        random.Begin(epoch, batch);
        return [.. torch.rand([count], generator: random.Tensors).Floats().Select(value => (double)value)];
    }

    private static (int, int) Next(Random random) => (random.Next(), random.Next());
}
