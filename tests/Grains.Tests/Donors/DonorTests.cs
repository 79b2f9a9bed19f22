using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Donors;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Donors;

public sealed class DonorTests
{
    private static readonly string _weights = new('b', 64);

    [Fact]
    public void A_request_gets_the_weights_and_the_encoder_of_its_donor()
    {
        var point = Assert.Single(Points(Of(new() { InputSize = 48, InputWidth = 96, Colour = Colour.Rgb, Fit = Fit.Pad, EmbeddingSize = 16 }), Request(("loss", ["triplet"]))));

        Assert.Equal(
            (_weights, 0, "conv", 48, 96, Colour.Rgb, Fit.Pad, 16, "triplet"),
            (point.From, point.Freeze, point.Encoder, point.InputSize, point.InputWidth, point.Colour, point.Fit, point.EmbeddingSize, point.Loss));
    }

    [Fact]
    public void Values_that_are_those_of_the_donor_may_be_stated_and_defaults_give_way()
    {
        var donor = Of(new() { InputSize = 28, EmbeddingSize = 16 });
        var request = Request(("embedding-size", [16]));
        request = request with { Space = request.Space.With(new SearchSpace { Dimensions = [new Dimension { Hyperparameter = "encoder", Values = ["residual", "article"], IsDefault = true }] }) };
        Assert.Equal(("conv", 16), (Assert.Single(Points(donor, request)).Encoder, Points(donor, request)[0].EmbeddingSize));
        Assert.Throws<BadInputException>(() => donor.Fit(Request(("embedding-size", [16, 32]))));
    }

    [Fact]
    public void A_member_of_an_earlier_build_keeps_what_had_no_choice_then()
    {
        Assert.Equal(28, Assert.Single(Points(Of(new() { InputSize = null }), Request())).InputSize);

        var strokes = Of(new() { Encoder = "strokes", Points = 128, Resample = Resample.Time, Colour = null, Fit = null, Pooling = null, Context = null });
        var data = new DataFacts("some", GivesPairs: false, ShardImages: 1000, Kinds: InputKinds.Strokes, DefaultsVersion: DataFacts.NewestDefaults);
        var point = Assert.Single(SpaceSearch.Expand(DataDefaults.Fit(strokes.Fit(Request()), data)).Points);
        Assert.Equal((Pooling.Last, false), (point.Pooling, point.Context));
    }

    [Theory, InlineData("conv"), InlineData("article"), InlineData("mlp"), InlineData("linear"), InlineData("tdnn"), InlineData("strokes"), InlineData("scale")]
    public void A_trial_of_any_encoder_can_be_a_donor(string encoder)
    {
        var space = SearchSpace.Of(("encoder", [encoder]));
        if (encoder is "mlp" or "linear" or "scale")
            space = space.With(SearchSpace.Of(("vector-width", [64])));
        var point = SpaceSearch.Expand(new SweepRequest { Space = space }).Points.Single();

        Assert.Equal(point with { From = _weights, Freeze = 0 }, Assert.Single(Points(Of(point), Request())));
    }

    [Fact]
    public void Data_that_the_weights_cannot_take_is_refused_in_plain_words()
    {
        var images = Points(Of(new() { InputSize = 28 }), Request())[0];
        var vectors = new DataFacts("features", GivesPairs: false, ShardImages: 1000, Kinds: InputKinds.Vectors, Features: 64);
        Assert.Equal(
            "features has vectors, and the weights named by 'from' are of an encoder that takes images. Choose others, or leave 'from' out.",
            SweepPlanning.ProblemOf(images, vectors));

        var mlp = images with { Encoder = "mlp", VectorWidth = 32 };
        Assert.Equal(
            "features has vectors of 64 numbers, and the weights named by 'from' are for vectors of 32. Choose others, or leave 'from' out.",
            SweepPlanning.ProblemOf(mlp, vectors));
        Assert.Null(SweepPlanning.ProblemOf(mlp with { VectorWidth = 64 }, vectors));
    }

    [Fact]
    public void Weights_and_frozen_stages_are_part_of_a_trials_identity()
    {
        var cold = Some.Spec();
        string[] ids = [cold.Id, .. new (string, int)[] { (_weights, 0), (_weights, 1), (new('c', 64), 0) }.Select(start => (cold with { Hyperparameters = new() { From = start.Item1, Freeze = start.Item2 } }).Id)];
        Assert.Equal(4, ids.Distinct().Count());
    }

    private static Donor Of(Hyperparameters hyperparameters) =>
        new() { Stated = "digits", Trial = new('a', 32), WeightsBlob = _weights, Hyperparameters = hyperparameters, Remark = "" };

    private static SweepRequest Request(params ReadOnlySpan<(string Hyperparameter, ImmutableArray<HyperparameterValue> Values)> dimensions) =>
        new() { Space = SearchSpace.Of([.. dimensions, ("from", ["digits"])]) };

    private static ImmutableArray<Hyperparameters> Points(Donor donor, SweepRequest request) => SpaceSearch.Expand(donor.Fit(request)).Points;
}
