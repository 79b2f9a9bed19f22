using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class DataDefaultsTests
{
    private static readonly DataFacts _small = new("few", GivesPairs: false, ShardImages: 600, IsSmall: true);

    [Theory]
    [InlineData(21, 20, Keep.Best)]
    [InlineData(100, 20, Keep.Best)]
    [InlineData(20, 0, Keep.Last)]
    public void A_long_trial_on_few_images_stops_when_it_no_longer_improves(int epochs, int patience, Keep keep)
    {
        var point = Fitted(_small, ("epochs", [epochs]));

        Assert.Equal((patience, keep), (point.Patience, point.Keep));
    }

    [Fact]
    public void A_stated_patience_and_large_data_stay_as_they_are()
    {
        Assert.Equal(0, Fitted(_small, ("epochs", [100]), ("patience", [0])).Patience);
        Assert.Equal(3, Fitted(_small, ("epochs", [100]), ("patience", [3])).Patience);
        Assert.Equal(0, Fitted(_small with { IsSmall = false }, ("epochs", [100])).Patience);
    }

    [Fact]
    public void A_sweep_that_an_earlier_build_planned_keeps_its_points()
    {
        var facts = new DataFacts("few", GivesPairs: false, ShardImages: 600);

        Assert.Equal(0, Fitted(facts, ("epochs", [100])).Patience);
    }

    [Fact]
    public void Few_images_are_fewer_than_those_of_the_embedded_data()
    {
        Assert.True(SweepPlanning.FactsOf(Some.Request(), Some.DataSet(499)).IsSmall);
        Assert.False(SweepPlanning.FactsOf(Some.Request(), Some.DataSet(500)).IsSmall);
        Assert.True(SweepPlanning.FactsOf(Some.Request() with { Shards = 2 }, Some.DataSet(500)).IsSmall);
    }

    [Fact]
    public void Heads_have_the_width_of_the_vectors_and_change_nothing_at_random()
    {
        var facts = _small with { Kinds = InputKinds.Vectors, Features = 512 };

        var (linear, scale) = (Fitted(facts, ("encoder", ["linear"])), Fitted(facts, ("encoder", ["scale"])));

        Assert.Equal((512, 32, false), (linear.VectorWidth, linear.EmbeddingSize, linear.Augment));
        Assert.Equal((512, 512), (scale.VectorWidth, scale.EmbeddingSize));
        Assert.Null(linear.HiddenLayers);
        Assert.Equal((1, 256), (Fitted(facts, ("encoder", ["mlp"])).HiddenLayers, Fitted(facts, ("encoder", ["mlp"])).HiddenSize));
        Assert.Null(SweepPlanning.ProblemOf(linear, facts));
        Assert.Contains("vectors of 256 numbers, and 'vector-width' is 512", SweepPlanning.ProblemOf(linear, facts with { Features = 256 }), StringComparison.Ordinal);
        Assert.Contains("has vectors, and the encoder 'conv' takes images", SweepPlanning.ProblemOf(new Hyperparameters(), facts), StringComparison.Ordinal);
        Assert.Contains("'encoder' linear,mlp, 'vector-width' 512", DataDefaults.Remark(Some.Request(), facts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("augment", "on", "Vectors are not changed at random")]
    [InlineData("rotated-classes", "on", "Vectors have no pixels")]
    public void What_applies_to_pixels_is_refused_for_vectors(string hyperparameter, string value, string sentence)
    {
        var request = Some.Request() with { Space = SearchSpace.Of(("encoder", ["linear"]), (hyperparameter, [value])) };

        Assert.Contains(sentence, Assert.Throws<BadInputException>(() => SpaceSearch.Expand(request)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_heads_are_accepted_before_the_data_is_read()
    {
        var request = Some.Request() with { Data = new() { Path = "/features.npz" }, Space = SearchSpace.Of(("hidden-size", [64, 128])) };

        Assert.Equal([64, 128], DataDefaults.ExpandUnread(request).Points.Where(point => point.Encoder == "mlp").Select(point => point.HiddenSize!.Value));
    }

    [Theory]
    [InlineData(InputKinds.Images, "conv")]
    [InlineData(InputKinds.Strokes, "strokes")]
    [InlineData(InputKinds.Both, "conv strokes")]
    [InlineData(InputKinds.Vectors, "linear mlp")]
    public void The_encoders_follow_what_the_items_are_unless_they_are_stated(InputKinds kinds, string encoders)
    {
        var facts = _small with { Kinds = kinds };

        Assert.Equal(encoders.Split(' '), SpaceSearch.Expand(DataDefaults.Fit(Some.Request(), facts)).Points.Select(point => point.Encoder));
        Assert.Equal("tdnn", Fitted(facts, ("encoder", ["tdnn"])).Encoder);
    }

    [Fact]
    public void An_encoder_that_takes_something_else_is_refused_with_those_that_fit()
    {
        var (images, strokes) = (_small, _small with { Kinds = InputKinds.Strokes });

        Assert.Equal(
            "few has images, and the encoder 'tdnn' takes pen strokes. Use 'encoder' conv or article or koch or residual or chopra or drlim, or 'inputs' both if files of the pen strokes lie beside the images.",
            SweepPlanning.ProblemOf(Fitted(images, ("encoder", ["tdnn"])), images));
        Assert.Equal("few has pen strokes, and the encoder 'koch' takes images. Use 'encoder' tdnn or strokes.", SweepPlanning.ProblemOf(Fitted(strokes, ("encoder", ["koch"])), strokes));
        Assert.Null(SweepPlanning.ProblemOf(Fitted(strokes), strokes));
        Assert.Null(SweepPlanning.ProblemOf(Fitted(images with { Kinds = InputKinds.Both }, ("encoder", ["tdnn"])), images with { Kinds = InputKinds.Both }));
    }

    [Theory]
    [InlineData(null, true, "pairs=2000", "input-size=64")]
    [InlineData(null, true, "pairs=2000", "points=64")]
    [InlineData(null, true, "steps=10", "points=64")]
    [InlineData(null, false, "pairs=2000")]
    [InlineData(InputKinds.Both, false, "points=64", "input-size=64")]
    public void Data_that_was_not_read_yet_may_allow_options_that_the_defaults_do_not(InputKinds? inputs, bool isList, params string[] options)
    {
        var request = Some.Request() with
        {
            Data = new DataSource { Path = "/data", Inputs = inputs, ListFolder = isList ? "/data" : null },
            Space = SearchSpace.Of([.. options.Select(option => (option.Split('=')[0], ImmutableArray.Create<HyperparameterValue>(int.Parse(option.Split('=')[1], CultureInfo.InvariantCulture))))]),
        };

        Assert.NotEmpty(DataDefaults.ExpandUnread(request).Points);
    }

    [Fact]
    public void If_nothing_that_the_data_may_be_allows_the_options_the_first_reason_is_given()
    {
        var request = Some.Request() with { Data = DataSource.MnistMini, Space = SearchSpace.Of(("pairs", [1000]), ("input-size", [64])) };

        Assert.Contains("'pairs' would have no effect", Assert.Throws<BadInputException>(() => DataDefaults.ExpandUnread(request)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strokes_have_settings_of_their_own_and_none_of_images()
    {
        var point = Fitted(_small with { Kinds = InputKinds.Strokes });

        Assert.Equal((128, Resample.Time, 15, 0.05), (point.Points, point.Resample, point.Rotation, point.TimeWarp));
        Assert.Equal((null, null, null, null, null), (point.InputSize, point.Colour, point.Shift, point.Flip, point.Blur));
        Assert.Equal((null, 304), (Fitted(_small, ("encoder", ["tdnn"])).Points, Fitted(_small, ("encoder", ["tdnn"])).EmbeddingSize));
        var images = Fitted(_small);
        Assert.Equal((null, null, null, null), (images.Points, images.Resample, images.TimeWarp, images.DroppedEnds));
    }

    [Fact]
    public void The_order_of_strokes_changes_in_training_unless_the_data_has_forgeries()
    {
        var earlier = _small with { Kinds = InputKinds.Strokes };
        var strokes = earlier with { ReordersStrokes = true };
        var forged = earlier with { GivesPairs = true, HasForgeries = true };

        Assert.Equal(0, Fitted(earlier).StrokeOrder);
        Assert.Equal(0.5, Fitted(strokes).StrokeOrder);
        Assert.Equal(0, Fitted(forged).StrokeOrder);
        Assert.Equal(0.2, Fitted(forged, ("stroke-order", [0.2])).StrokeOrder);
        Assert.Null(Fitted(strokes, ("augment", ["off"])).StrokeOrder);
        Assert.Null(Fitted(strokes with { Kinds = InputKinds.Both }, ("encoder", ["conv"])).StrokeOrder);
        Assert.Null(Fitted(_small).StrokeOrder);
    }

    [Fact]
    public void The_strokes_encoder_pools_every_block_unless_an_earlier_build_planned_the_sweep()
    {
        var earlier = _small with { Kinds = InputKinds.Both };
        var strokes = earlier with { DefaultsVersion = DataFacts.NewestDefaults };

        Assert.Equal([null, Pooling.Last], Poolings(earlier));
        Assert.Equal([null, Pooling.Every], Poolings(strokes));
        Assert.Equal(Pooling.Last, Fitted(strokes, ("encoder", ["strokes"]), ("pooling", ["last"])).Pooling);
        Assert.Null(Fitted(strokes, ("encoder", ["conv"])).Pooling);

        static IEnumerable<Pooling?> Poolings(DataFacts facts) => SpaceSearch.Expand(DataDefaults.Fit(Some.Request(), facts)).Points.Select(point => point.Pooling);
    }

    [Fact]
    public void Paths_are_distorted_in_training_but_not_images_or_signatures_with_forgeries()
    {
        var earlier = _small with { Kinds = InputKinds.Both, ReordersStrokes = true };
        var both = earlier with { DefaultsVersion = DataFacts.NewestDefaults };

        Assert.Equal([0, 0], Elastics(earlier));
        Assert.Equal([0, 0.05], Elastics(both));
        Assert.Equal([0, 0], Elastics(both with { ReordersStrokes = false }));
        Assert.Equal(0, Fitted(both, ("encoder", ["tdnn"])).Elastic);
        Assert.Equal(0.1, Fitted(both, ("encoder", ["strokes"]), ("elastic", [0.1])).Elastic);
        Assert.Null(Fitted(both, ("encoder", ["strokes"]), ("augment", ["off"])).Elastic);
        Assert.EndsWith("'elastic' 0.05 with 'encoder' strokes.", DataDefaults.Remark(Some.Request(), both), StringComparison.Ordinal);
        var searched = new Dimension { Hyperparameter = "elastic", Values = [0, 0.1], IsDefault = true };
        Assert.Equal([searched], DataDefaults.Fit(Some.Request() with { Space = new SearchSpace { Dimensions = [searched] } }, both).Space.Dimensions.Where(dimension => dimension.Hyperparameter == "elastic"));

        static IEnumerable<double?> Elastics(DataFacts facts) => SpaceSearch.Expand(DataDefaults.Fit(Some.Request(), facts)).Points.Select(point => point.Elastic);
    }

    [Fact]
    public void Strokes_and_not_the_number_of_drawings_are_the_reason_for_another_order()
    {
        var strokes = new DataFacts("pens", GivesPairs: false, ShardImages: 5000, Kinds: InputKinds.Strokes, ReordersStrokes: true);
        var stated = Some.Request() with { Space = SearchSpace.Of(("encoder", ["strokes"])) };

        Assert.Equal("To suit pens, which has pen strokes: 'encoder' strokes, 'stroke-order' 0.5.", DataDefaults.Remark(Some.Request(), strokes));
        Assert.Equal("To suit pens, which has pen strokes: 'stroke-order' 0.5.", DataDefaults.Remark(stated, strokes));
    }

    [Fact]
    public void A_small_batch_and_its_reason_are_reported()
    {
        var facts = _small with { ShardImages = 60 };

        Assert.Equal(30, Fitted(facts).BatchSize);
        Assert.Equal("To suit few, which has 60 training images: 'batch-size' 30.", DataDefaults.Remark(Some.Request(), facts));
    }

    [Theory]
    [InlineData(50, 150, 32, 96)]
    [InlineData(300, 100, 96, 32)]
    [InlineData(20, 500, 32, 128)]
    [InlineData(100, 151, 32, 48)]
    public void Oblong_images_keep_about_their_proportions(int rows, int columns, int height, int width)
    {
        var facts = new DataFacts("scans", GivesPairs: false, ShardImages: 5000, TypicalSize: new(rows, columns));

        var point = Fitted(facts);

        Assert.Equal((height, width, Fit.Pad), (point.InputSize, point.InputWidth, point.Fit));
        Assert.Equal($"To suit scans, whose images typically have {rows} rows and {columns} columns: 'input-size' {height}x{width}, 'fit' pad.", DataDefaults.Remark(Some.Request(), facts));
        Assert.Equal((height, width, Fit.Stretch), (Fitted(facts, ("fit", ["stretch"])).InputSize, Fitted(facts, ("fit", ["stretch"])).InputWidth, Fitted(facts, ("fit", ["stretch"])).Fit));
        Assert.Equal((64, Fit.Stretch), (Fitted(facts, ("input-size", [64])).InputSize, Fitted(facts, ("input-size", [64])).Fit));
        Assert.Null(Fitted(facts, ("encoder", ["article"])).InputSize);
        Assert.Equal(28, Fitted(facts, ("rotated-classes", ["on"])).InputSize);
    }

    [Theory]
    [InlineData(28, 28)]
    [InlineData(105, 105)]
    [InlineData(100, 150)]
    [InlineData(112, 92)]
    public void Other_images_have_the_default_input(int rows, int columns) =>
        Assert.Equal((28, Fit.Stretch), (Fitted(_small with { TypicalSize = new(rows, columns) }).InputSize, Fitted(_small with { TypicalSize = new(rows, columns) }).Fit));

    [Fact]
    public void Few_oblong_images_are_reported_with_both_reasons() => Assert.Equal(
        "To suit few, which has 60 training images and whose images typically have 50 rows and 150 columns: 'batch-size' 30, 'input-size' 32x96, 'fit' pad.",
        DataDefaults.Remark(Some.Request(), _small with { ShardImages = 60, TypicalSize = new(50, 150) }));

    [Theory]
    [InlineData("pairs", 500)]
    [InlineData("forged-share", 0.8)]
    public void Forgeries_are_trained_in_batches_unless_the_request_is_about_a_list(string hyperparameter, double value)
    {
        var facts = _small with { GivesPairs = true, HasForgeries = true, DefaultsVersion = DataFacts.NewestDefaults };

        Assert.Equal(Pairing.Batch, Fitted(facts).Pairing);
        Assert.Null(DataDefaults.Remark(Some.Request(), facts));
        Assert.Equal(Pairing.Listed, Fitted(facts, (hyperparameter, [value])).Pairing);
    }

    [Fact]
    public void Default_losses_that_no_list_of_forgeries_allows_are_left_out()
    {
        var facts = _small with { GivesPairs = true, HasForgeries = true, DefaultsVersion = DataFacts.NewestDefaults };
        var losses = new Dimension { Hyperparameter = "loss", Values = ["triplet", "contrastive"], IsDefault = true };

        Assert.Equal(["triplet", "contrastive"], Losses());
        Assert.Equal(["contrastive"], Losses(new Dimension { Hyperparameter = "pairing", Values = ["listed"] }));

        IEnumerable<string> Losses(params Dimension[] stated) => SpaceSearch.Expand(DataDefaults.Fit(
            Some.Request() with { Space = new SearchSpace { Dimensions = [losses, .. stated] } }, facts)).Points.Select(point => point.Loss);
    }

    [Fact]
    public void Few_images_and_not_forgeries_are_the_reason_for_a_small_batch()
    {
        var facts = _small with { ShardImages = 60, GivesPairs = true, HasForgeries = true, DefaultsVersion = DataFacts.NewestDefaults };

        Assert.Equal("To suit few, which has 60 training images: 'batch-size' 30.", DataDefaults.Remark(Some.Request(), facts));
    }

    [Fact]
    public void Forgeries_in_a_sweep_that_an_earlier_build_planned_are_trained_from_a_list()
    {
        var facts = _small with { GivesPairs = true, HasForgeries = true };

        Assert.Equal(Pairing.Listed, Fitted(facts).Pairing);
        Assert.Equal("To suit few, which has forgeries: 'pairing' listed.", DataDefaults.Remark(Some.Request(), facts));
    }

    [Theory]
    [InlineData("contrastive", Pairing.Batch, false, null)]
    [InlineData("triplet", Pairing.Batch, false, null)]
    [InlineData("nt-xent", Pairing.Batch, false, null)]
    [InlineData("contrastive", Pairing.Listed, false, null)]
    [InlineData("triplet", Pairing.Listed, false, "few has forgeries, and lists of triplets have none; use 'pairing' batch, or 'loss' contrastive.")]
    [InlineData("contrastive", Pairing.Batch, true, "few has forgeries, which 'rotated-classes' does not support; leave it out.")]
    public void Forgeries_take_every_loss_in_batches_and_losses_on_pairs_in_lists(string loss, Pairing pairing, bool rotated, string? problem)
    {
        var facts = _small with { GivesPairs = true, HasForgeries = true };

        Assert.Equal(problem, SweepPlanning.ProblemOf(new Hyperparameters { Loss = loss, Pairing = pairing, RotatedClasses = rotated }, facts));
    }

    private static Hyperparameters Fitted(DataFacts facts, params (string Hyperparameter, ImmutableArray<HyperparameterValue> Values)[] space) =>
        SpaceSearch.Expand(DataDefaults.Fit(Some.Request() with { Space = SearchSpace.Of(space) }, facts)).Points[0];
}
