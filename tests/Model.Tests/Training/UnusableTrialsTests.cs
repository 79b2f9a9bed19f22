using Siamese.Contracts.Training;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

/// <summary>Faults of training provoked by training.</summary>
public sealed class UnusableTrialsTests
{
    [Fact]
    public void Pulling_everything_together_ends_collapsed()
    {
        var outcome = SomeTrials.Train(SomeTrials.Short with { Encoder = "article", EmbeddingSize = 2, Balance = 0, Pairs = 400, Augment = false });
        AssertUnusable("collapsed", outcome);
        Assert.NotNull(outcome.Result.Validation);
    }

    [Theory]
    [InlineData("euclidean", 1e12)]
    [InlineData("cosine", 1e9)] // Its loss stays finite; embeddings come to lie too far out for their length to be a float.
    public void An_absurd_learning_rate_ends_diverged_without_weights(string distance, double rate)
    {
        var outcome = SomeTrials.Train(SomeTrials.Short with { Distance = distance, Margin = 0.5, LearningRate = rate });
        AssertUnusable("diverged", outcome);
        Assert.Null(outcome.Weights);
        Assert.Null(outcome.ValidationEmbeddings);
        Assert.Null(outcome.Result.Validation);
        Assert.All(outcome.Result.Epochs, epoch => Assert.True(double.IsFinite(epoch.Loss)));
    }

    [Fact]
    public void Labels_that_say_nothing_end_no_better_than_chance() =>
        AssertUnusable("no better than chance", SomeTrials.Train(SomeTrials.Short, SomeTrials.Mislabelled()));

    private static void AssertUnusable(string reason, TrainingOutcome outcome)
    {
        Assert.Equal(TrialStatus.Unusable, outcome.Result.Status);
        Assert.StartsWith(reason, outcome.Result.Reason, StringComparison.Ordinal);
    }
}
