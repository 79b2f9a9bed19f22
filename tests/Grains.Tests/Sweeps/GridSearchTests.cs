using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class GridSearchTests
{
    [Fact]
    public void An_empty_space_is_the_default_point() =>
        Assert.Equal(new Hyperparameters(), Assert.Single(GridSearch.Expand(new SearchSpace())));

    [Fact]
    public void Every_combination_is_tried_once()
    {
        var points = GridSearch.Expand(new SearchSpace
        {
            Encoders = ["conv", "article"],
            EmbeddingSizes = [2, 32],
            Distances = ["euclidean", "squared-euclidean", "manhattan", "cosine"],
            Losses = ["contrastive", "triplet"],
            Margins = [0.5, 1],
            Pairings = [Pairing.Batch, Pairing.Listed],
            BatchSizes = [60, 120],
            LearningRates = [1e-3, 2e-3],
        });

        Assert.Equal(2 * 2 * 4 * 2 * 2 * 2 * 2 * 2, points.Length);
        Assert.Equal(points.Length, points.Distinct().Count());
    }

    [Fact]
    public void Points_come_in_the_order_in_which_their_values_are_listed() =>
        Assert.Equal([5, 1, 2], GridSearch.Expand(new SearchSpace { Margins = [5, 1, 2] }).Select(point => point.Margin!.Value));

    [Fact]
    public void What_does_not_apply_is_null_so_that_equal_training_has_equal_hyperparameters()
    {
        var batch = GridSearch.Expand(new SearchSpace { Pairings = [Pairing.Batch] })[0];
        var listed = GridSearch.Expand(new SearchSpace { Pairings = [Pairing.Listed] })[0];
        var triplet = GridSearch.Expand(new SearchSpace { Losses = ["triplet"] })[0];

        Assert.Null(batch.Pairs);
        Assert.NotNull(listed.Pairs);
        Assert.Null(triplet.Balance);
    }

    [Fact]
    public void A_stated_default_is_the_same_training_as_none()
    {
        var margin = GridSearch.Expand(new SearchSpace { Losses = ["triplet"], Distances = ["cosine"] })[0].Margin!.Value;
        var stated = GridSearch.Expand(new SearchSpace
        {
            Losses = ["triplet"],
            Distances = ["cosine"],
            Margins = [margin],
            Pairings = [Pairing.Batch],
            Epochs = 20,
            Augment = true,
            Schedule = LearningRateSchedule.Cosine,
        });

        Assert.Equal(GridSearch.Expand(new SearchSpace { Losses = ["triplet"], Distances = ["cosine"] })[0], Assert.Single(stated));
    }

    [Fact]
    public void A_balance_of_minus_zero_is_one_of_zero() =>
        Assert.False(double.IsNegative(GridSearch.Expand(new SearchSpace { Balances = [-0.0] })[0].Balance!.Value));

    [Theory]
    [InlineData("cosine", 2.0)]
    [InlineData("euclidean", 1e6)]
    public void A_margin_up_to_the_largest_distance_is_fine(string distance, double margin) =>
        Assert.Equal(margin, GridSearch.Expand(new SearchSpace { Distances = [distance], Margins = [margin] })[0].Margin);

    [Theory]
    [InlineData("contrastive")]
    [InlineData("triplet")]
    public void A_margin_beyond_the_cosine_distance_is_refused(string loss) => Refused(
        new SearchSpace { Losses = [loss], Distances = ["euclidean", "cosine"], Margins = [1, 3] },
        "A margin of 3 is beyond the cosine distance, which is at most 2");

    [Fact]
    public void A_balance_with_a_triplet_loss_is_refused() => Refused(
        new SearchSpace { Losses = ["contrastive", "triplet"], Balances = [0.5] }, "--balances would change nothing");

    [Fact]
    public void A_number_of_pairs_without_listed_pairing_is_refused() => Refused(
        new SearchSpace { Pairs = 100, Pairings = [Pairing.Batch] }, "add --pairing listed");

    [Fact]
    public void Unknown_names_are_refused_with_those_there_are()
    {
        Refused(new SearchSpace { Encoders = ["vit"] }, "There is no encoder 'vit'; there are conv, article.");
        Refused(new SearchSpace { Distances = ["hamming"] }, "There is no distance 'hamming'; there are euclidean, squared-euclidean, manhattan, cosine.");
        Refused(new SearchSpace { Losses = ["hinge"] }, "There is no loss 'hinge'; there are contrastive, triplet.");
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        Refused(new SearchSpace { Margins = [1, -1] }, "-1 is not good for margins, which must be above 0.");
        Refused(new SearchSpace { Margins = [0] }, "above 0");
        Refused(new SearchSpace { Margins = [double.NaN] }, "margins");
        Refused(new SearchSpace { Margins = [double.PositiveInfinity] }, "margins");
        Refused(new SearchSpace { Balances = [-0.1] }, "from 0 to 1");
        Refused(new SearchSpace { Balances = [1.5] }, "1.5 is not good for balances");
        Refused(new SearchSpace { Balances = [double.NaN] }, "balances");
        Refused(new SearchSpace { LearningRates = [0] }, "learning rates");
        Refused(new SearchSpace { LearningRates = [-0.001] }, "-0.001");
        Refused(new SearchSpace { BatchSizes = [1] }, "at least 2");
        Refused(new SearchSpace { EmbeddingSizes = [0] }, "from 1 to 4096");
        Refused(new SearchSpace { EmbeddingSizes = [4097] }, "from 1 to 4096");
        Refused(new SearchSpace { Epochs = 0 }, "epochs");
        Refused(new SearchSpace { Pairs = -5, Pairings = [Pairing.Listed] }, "pairs");
        Refused(new SearchSpace { Pairings = [(Pairing)7] }, "batch or listed");
    }

    [Fact]
    public void A_value_listed_twice_is_refused()
    {
        Refused(new SearchSpace { Margins = [1, 2, 1.0] }, "1 is listed twice for margins");
        Refused(new SearchSpace { Encoders = ["conv", "conv"] }, "listed twice for encoders");
        Refused(new SearchSpace { Losses = ["triplet", "triplet"] }, "listed twice for losses");
        Refused(new SearchSpace { Distances = ["cosine", "cosine"] }, "listed twice for distances");
        Refused(new SearchSpace { Pairings = [Pairing.Batch, Pairing.Batch] }, "listed twice for pairing");
        Refused(new SearchSpace { BatchSizes = [64, 64] }, "listed twice for batch sizes");
        Refused(new SearchSpace { Balances = [0.5, 0.5] }, "listed twice for balances");
        Refused(new SearchSpace { LearningRates = [1e-3, 0.001] }, "listed twice for learning rates");
        Refused(new SearchSpace { EmbeddingSizes = [2, 2] }, "listed twice for embedding sizes");
    }

    [Fact]
    public void A_list_shorter_than_its_batches_is_refused_for_then_their_size_changes_nothing() => Refused(
        new SearchSpace { Pairings = [Pairing.Listed], Pairs = 50, BatchSizes = [50, 64] }, "A batch of 64 pairs is more than the 50");

    [Fact]
    public void A_list_shorter_than_its_one_batch_is_fine() =>
        Assert.Single(GridSearch.Expand(new SearchSpace { Pairings = [Pairing.Listed], Pairs = 50, BatchSizes = [64] }));

    private static void Refused(SearchSpace space, string because) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(() => GridSearch.Expand(space)).Message, StringComparison.Ordinal);
}
