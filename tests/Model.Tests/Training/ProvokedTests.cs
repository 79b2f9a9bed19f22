using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Model.Data.Splits;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

/// <summary>Every way in which training can go wrong, provoked by real training.</summary>
public sealed class ProvokedTests
{
    [Fact]
    public void Training_on_same_pairs_alone_ends_collapsed_and_one_sided()
    {
        var outcome = SomeTrials.Train(SomeTrials.Short with { Encoder = "article", EmbeddingSize = 2, Balance = 0, Pairs = 400, Augment = false });
        AssertUnusable("collapsed: spread", outcome);
        Assert.Contains("try more different pairs", outcome.Result.Reason, StringComparison.Ordinal);
        Assert.Contains(outcome.Result.Findings, finding => finding is { Kind: FindingKind.OneSidedPairs, Evidence: "0 of 400 training pairs per epoch are different" });
        Assert.NotNull(outcome.Result.Validation);
    }

    [Theory]
    [InlineData("euclidean", 1e12)]
    [InlineData("cosine", 1e9)] // Its loss stays finite, but embeddings grow until their length overflows a float.
    public void An_absurd_learning_rate_ends_diverged_without_weights(string distance, double rate)
    {
        var outcome = SomeTrials.Train(SomeTrials.Short with { Distance = distance, Margin = 0.5, LearningRate = rate });
        AssertUnusable("diverged: ", outcome);
        Assert.Null(outcome.Weights);
        Assert.Null(outcome.ValidationEmbeddings);
        Assert.Null(outcome.Result.Validation);
        Assert.All(outcome.Result.Epochs, epoch => Assert.True(double.IsFinite(epoch.Loss)));
    }

    [Fact]
    public void Random_labels_end_no_better_than_chance() =>
        AssertUnusable("no better than chance", SomeTrials.Train(SomeTrials.Short, SomeTrials.Mislabelled()));

    [Fact]
    public void Swapped_labels_are_recognised()
    {
        var pairs = SomeTrials.AsPairs();
        AssertUnusable("swapped labels: before training", SomeTrials.Train(SomeTrials.Short with { Pairs = 200 }, pairs with { Training = Swapped(pairs.Training), Validation = Swapped(pairs.Validation) }));

        static DataSplit Swapped(DataSplit split) => split with
        {
            GivenPairs = [.. split.GivenPairs!.Select(pair => pair with { Relation = pair.Relation is Relation.Same ? Relation.Different : Relation.Same })],
        };
    }

    [Fact]
    public void A_tiny_learning_rate_is_reported_as_no_convergence()
    {
        var result = SomeTrials.Train(SomeTrials.Short with { LearningRate = 1e-9, Augment = false }).Result;
        Assert.Equal(FindingKind.NoConvergence, Assert.Single(result.Findings).Kind);
        Assert.Equal(TrialStatus.Completed, result.Status);
    }

    [Fact]
    public void A_few_images_without_augmentation_are_memorised()
    {
        var few = SomeTrials.Digits.Training.Images.Select([.. Enumerable.Range(0, 60)]);
        var result = SomeTrials.Train(
            SomeTrials.Short with { Pairs = 2000, BatchSize = 50, Epochs = 4, Augment = false },
            SomeTrials.Digits with { Training = new DataSplit(few) }).Result;

        Assert.Equal(FindingKind.Memorising, Assert.Single(result.Findings).Kind);
        Assert.Equal(TrialStatus.Completed, result.Status);
    }

    private static void AssertUnusable(string reason, TrainingOutcome outcome)
    {
        Assert.Equal(TrialStatus.Unusable, outcome.Result.Status);
        Assert.StartsWith(reason, outcome.Result.Reason, StringComparison.Ordinal);
    }
}
