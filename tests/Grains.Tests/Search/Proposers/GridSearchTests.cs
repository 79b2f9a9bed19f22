using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Proposers;

namespace Siamese.Grains.Tests.Search.Proposers;

public sealed class GridSearchTests
{
    [Fact]
    public void An_empty_space_is_the_default_point() =>
        Assert.Equal(new Hyperparameters { InputSize = 28 }, Assert.Single(Points()));

    [Fact]
    public void Every_combination_is_tried_once()
    {
        var points = Points(
            ("encoder", ["conv", "article"]),
            ("embedding-size", [2, 32]),
            ("distance", ["euclidean", "squared-euclidean", "manhattan", "cosine"]),
            ("loss", ["contrastive", "triplet"]),
            ("margin", [0.5, 1]),
            ("pairing", ["batch", "listed"]),
            ("batch-size", [60, 120]),
            ("learning-rate", [1e-3, 2e-3]));

        Assert.Equal(2 * 2 * 4 * 2 * 2 * 2 * 2 * 2, points.Length);
        Assert.Equal(points.Length, points.Distinct().Count());
    }

    [Fact]
    public void Points_follow_the_order_of_the_listed_values() =>
        Assert.Equal([5, 1, 2], Points(("margin", [5, 1, 2])).Select(point => point.Margin!.Value));

    [Fact]
    public void Hyperparameters_that_do_not_apply_are_null_so_that_equal_training_has_equal_hyperparameters()
    {
        Assert.Null(Points(("pairing", ["batch"]))[0].Pairs);
        Assert.NotNull(Points(("pairing", ["listed"]))[0].Pairs);
        Assert.Null(Points(("loss", ["triplet"]))[0].Balance);
        Assert.Null(Points(("loss", ["nt-xent"]))[0].Margin);
        Assert.Null(Points(("distance", ["cosine"]))[0].Normalize);
        Assert.Null(Points(("augment", ["off"]))[0].Rotation);
        Assert.Null(Points(("optimizer", ["adam"]))[0].Momentum);
    }

    [Fact]
    public void A_loss_has_its_own_default_hyperparameters_and_distance()
    {
        var point = Points(("loss", ["multi-similarity"]))[0];

        Assert.Equal(("cosine", 2, 50, 0.5, 0.1), (point.Distance, point.Alpha!.Value, point.Beta!.Value, point.Base!.Value, point.Margin!.Value));
        Assert.Equal("manhattan", Points(("loss", ["cross-entropy"]))[0].Distance);
    }

    [Fact]
    public void Batch_hard_triplets_start_with_small_learning_rates()
    {
        var point = Points(("loss", ["triplet"]), ("mining", ["batch-hard"]))[0];
        Assert.Equal((LearningRateSchedule.OneCycle, 1e-3), (point.Schedule, point.LearningRate));
        Assert.Equal(LearningRateSchedule.Cosine, Points(("loss", ["contrastive"]), ("mining", ["batch-hard"]))[0].Schedule);
    }

    [Fact]
    public void Gentle_augmentation_makes_only_small_changes()
    {
        var (glyphs, faces) = (Points(("augment", ["on"]))[0], Points(("augment", ["gentle"]))[0]);

        Assert.True(faces.Rotation < glyphs.Rotation && faces.Scaling < glyphs.Scaling);
        Assert.Equal((0.0, 0.0, 0.0), (faces.Shear, faces.Elastic, faces.Stroke));
        Assert.Equal(9, Points(("augment", ["gentle"]), ("rotation", [9]))[0].Rotation);
    }

    [Fact]
    public void Patience_keeps_the_best_epoch_unless_you_ask_for_another()
    {
        Assert.Equal(Keep.Last, Points()[0].Keep);
        Assert.Equal(Keep.Best, Points(("patience", [3]))[0].Keep);
        Assert.Equal(Keep.Last, Points(("patience", [3]), ("keep", ["last"]))[0].Keep);
    }

    [Fact]
    public void Stating_a_default_does_not_change_the_training()
    {
        var margin = Points(("loss", ["triplet"]), ("distance", ["cosine"]))[0].Margin!.Value;
        var stated = Points(
            ("loss", ["triplet"]), ("distance", ["cosine"]), ("margin", [margin]), ("pairing", ["batch"]), ("epochs", [20]),
            ("augment", ["on"]), ("schedule", ["cosine"]));

        Assert.Equal(Points(("loss", ["triplet"]), ("distance", ["cosine"]))[0], Assert.Single(stated));
    }

    [Fact]
    public void A_balance_of_minus_zero_counts_as_zero() =>
        Assert.False(double.IsNegative(Points(("balance", [-0.0]))[0].Balance!.Value));

    [Fact]
    public void Equivalent_combinations_are_trained_once_and_counted()
    {
        var grid = Expand(("loss", ["contrastive", "nt-xent"]), ("margin", [1, 2, 5]));

        Assert.Equal([1, 2, 5, null], grid.Points.Select(point => point.Margin));
        Assert.Equal((0, 2), (grid.Invalid, grid.Duplicates));
        Assert.Equal("Of 6 combinations, 4 are trained; 2 equivalent to another.", grid.Remark);
    }

    [Fact]
    public void Words_that_select_the_same_values_are_the_same_training()
    {
        var grid = Expand(
            ("augment", ["on", "gentle"]), ("rotation", [5]), ("scaling", [0.1]), ("shear", [0.1]), ("shift", [0.1]), ("elastic", [0.1]),
            ("stroke", [0.1]), ("blur", [0.1]), ("noise", [0.1]));

        Assert.Single(grid.Points);
        Assert.Equal(1, grid.Duplicates);
    }

    [Fact]
    public void Invalid_combinations_are_left_out_and_counted()
    {
        var grid = Expand(("loss", ["contrastive", "triplet"]), ("distance", ["euclidean", "cosine"]), ("margin", [1, 3]));

        Assert.Equal(6, grid.Points.Length);
        Assert.Equal(2, grid.Invalid);
        Assert.Equal(
            "Of 8 combinations, 6 are trained; 2 invalid (A margin of 3 cannot be reached: the cosine distance is at most 2; use a smaller margin or another distance).",
            grid.Remark);
    }

    [Fact]
    public void A_space_without_invalid_or_equivalent_combinations_has_no_remark() => Assert.Null(Expand(("margin", [1, 2])).Remark);

    [Theory]
    [InlineData("cosine", 2.0)]
    [InlineData("euclidean", 1e6)]
    public void A_margin_up_to_the_largest_distance_is_allowed(string distance, double margin) =>
        Assert.Equal(margin, Points(("distance", [distance]), ("margin", [margin]))[0].Margin);

    [Theory]
    [InlineData("contrastive")]
    [InlineData("triplet")]
    public void A_margin_that_no_distance_reaches_is_refused(string loss)
    {
        Refused("A margin of 3 cannot be reached: the cosine distance is at most 2", ("loss", [loss]), ("distance", ["cosine"]), ("margin", [1, 3]));
        Refused("of embeddings of length 1 is at most 2", ("loss", [loss]), ("normalize", ["on"]), ("margin", [3]));
    }

    [Fact]
    public void A_loss_on_similarities_with_another_distance_is_refused() =>
        Refused("The loss 'circle' uses cosine similarities", ("loss", ["circle"]), ("distance", ["euclidean"]));

    [Fact]
    public void A_loss_over_batches_with_listed_pairs_is_refused() =>
        Refused("The loss 'nt-xent' works on whole batches; use 'pairing' batch.", ("loss", ["nt-xent"]), ("pairing", ["listed"]));

    [Theory]
    [InlineData("balance", "'balance' would have no effect, because it applies only to losses on pairs")]
    [InlineData("temperature", "'temperature' would have no effect, because it applies only to the loss nt-xent. Leave it out.")]
    [InlineData("momentum", "'momentum' would have no effect, because it applies only to 'optimizer' sgd. Leave it out.")]
    public void A_hyperparameter_that_no_combination_uses_is_refused(string hyperparameter, string because) =>
        Refused(because, ("loss", ["triplet"]), (hyperparameter, [0.5]));

    [Fact]
    public void A_default_that_no_combination_uses_is_left_out()
    {
        var space = new SearchSpace { Dimensions = [new Dimension { Hyperparameter = "momentum", Values = [0.5], IsDefault = true }] };

        Assert.Null(Assert.Single(GridSearch.Expand(space).Points).Momentum);
    }

    public static TheoryData<string, HyperparameterValue> Inputs => new() { { "input-size", 28 }, { "input-size", "48x96" }, { "colour", "rgb" }, { "fit", "ink" } };

    [Theory, MemberData(nameof(Inputs))]
    public void An_encoder_with_a_fixed_input_leaves_no_choice(string hyperparameter, HyperparameterValue value)
    {
        foreach (var encoder in new[] { "article", "koch" })
            Refused($"'{hyperparameter}' would have no effect, because it applies only to the encoders conv and residual. Leave it out.", ("encoder", [encoder]), (hyperparameter, [value]));
    }

    [Fact]
    public void Sizes_are_sides_of_squares_or_rows_by_columns()
    {
        var points = Points(("encoder", ["conv", "residual", "article"]), ("input-size", [64, "48x96", "40x40"]), ("colour", ["grey", "rgb"]));

        Assert.Equal(13, points.Length);
        Assert.Contains(points, point => point is { Encoder: "residual", InputSize: 48, InputWidth: 96, Colour: Colour.Rgb });
        Assert.Contains(points, point => point is { Encoder: "conv", InputSize: 40, InputWidth: null });
        Assert.Contains(points, point => point is { Encoder: "article", InputSize: null, Colour: null, Fit: null });
        foreach (var size in new[] { "48x", "x48", "48x96x3", "7x48", "48x257", "-48x96", "48 x 96", "big" })
            Refused($"'input-size': {size} is not from 8 to 256, or rows and columns in that range such as 48x96.", ("input-size", [size]));
    }

    [Fact]
    public void Images_that_are_not_square_cannot_be_turned() => Refused(
        "Images of 48x96 cannot be rotated by 90°; use a square 'input-size', or 'rotated-classes' off.", ("input-size", ["48x96"]), ("rotated-classes", ["on"]));

    [Fact]
    public void A_number_of_pairs_without_listed_pairing_is_refused() =>
        Refused("'pairs' would have no effect, because it applies only to 'pairing' listed. Leave it out.", ("pairs", [100]), ("pairing", ["batch"]));

    [Fact]
    public void Unknown_names_are_refused_with_a_list_of_the_known_ones()
    {
        Refused("There is no encoder 'vit'; use one of conv, article, koch, residual, chopra, drlim, tdnn, strokes, linear, mlp, scale.", ("encoder", ["vit"]));
        Refused("There is no distance 'hamming'; use one of euclidean, squared-euclidean, manhattan, cosine.", ("distance", ["hamming"]));
        Refused("There is no loss 'hinge'; use one of contrastive, triplet, nt-xent,", ("loss", ["hinge"]));
        Refused("There is no mining 'easy'; use one of all, semi-hard, batch-hard.", ("mining", ["easy"]));
        Refused("There is no hyperparameter 'width'; choose from encoder,", ("width", [1]));
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        Refused("'margin': -1 is not above 0.", ("margin", [1, -1]));
        Refused("'margin': 0 is not above 0.", ("margin", [0]));
        Refused("'margin': NaN is not above 0.", ("margin", [double.NaN]));
        Refused("'margin': Infinity is not above 0.", ("margin", [double.PositiveInfinity]));
        Refused("'margin': two is not above 0.", ("margin", ["two"]));
        Refused("'balance': -0.1 is not from 0 to 1.", ("balance", [-0.1]));
        Refused("'balance': 1.5 is not from 0 to 1.", ("balance", [1.5]));
        Refused("'learning-rate': 0 is not above 0.", ("learning-rate", [0]));
        Refused("'batch-size': 1 is not 2 or above.", ("batch-size", [1]));
        Refused("'batch-size': 2.5 is not 2 or above.", ("batch-size", [2.5]));
        Refused("'embedding-size': 4097 is not from 1 to 4096.", ("embedding-size", [4097]));
        Refused("'epochs': 0 is not 1 or above.", ("epochs", [0]));
        Refused("'pairs': -5 is not 1 or above.", ("pairs", [-5]), ("pairing", ["listed"]));
        Refused("'pairing': 'given' is not one of batch, listed, neighbours.", ("pairing", ["given"]));
        Refused("'margin': the list is empty.", ("margin", []));
    }

    [Fact]
    public void A_value_stated_twice_is_refused()
    {
        Refused("'margin': 1 is listed twice.", ("margin", [1, 2, 1.0]));
        Refused("'encoder': conv is listed twice.", ("encoder", ["conv", "conv"]));
        Refused("'learning-rate': 0.001 is listed twice.", ("learning-rate", [1e-3, 0.001]));
        Refused("'margin': stated twice.", ("margin", [1]), ("margin", [2]));
    }

    [Fact]
    public void A_list_shorter_than_one_of_several_batch_sizes_is_refused_because_the_size_would_have_no_effect() => Refused(
        "A batch of 64 pairs is larger than the list of 50 pairs", ("pairing", ["listed"]), ("pairs", [50]), ("batch-size", [50, 64]));

    [Fact]
    public void A_list_shorter_than_the_only_batch_size_is_allowed() =>
        Assert.Single(Points(("pairing", ["listed"]), ("pairs", [50]), ("batch-size", [64])));

    [Fact]
    public void Too_many_combinations_are_refused()
    {
        ImmutableArray<HyperparameterValue> many = [.. Enumerable.Range(1, 1000).Select(i => (HyperparameterValue)i)];
        Refused("The space has 1E+06 combinations", ("margin", many), ("embedding-size", many));
    }

    private static Expansion Expand(params ReadOnlySpan<(string, ImmutableArray<HyperparameterValue>)> dimensions) => GridSearch.Expand(SearchSpace.Of(dimensions));

    private static ImmutableArray<Hyperparameters> Points(params ReadOnlySpan<(string, ImmutableArray<HyperparameterValue>)> dimensions) => Expand(dimensions).Points;

    private static void Refused(string because, params (string, ImmutableArray<HyperparameterValue>)[] dimensions) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(() => Expand(dimensions)).Message, StringComparison.Ordinal);
}
