using Microsoft.Extensions.Primitives;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Tuning;
using Siamese.Page.NewSweeps;

namespace Siamese.Web.Tests.Pages;

public sealed class SweepFieldsTests
{
    private static readonly KnownDataSet[] _data =
    [
        new() { Fingerprint = "f1", Name = "signatures", Classes = 55, TrainingImages = 1000, ValidationImages = 200, TestImages = 300, Uses = [], Source = new DataSource { Path = "/data/my signatures", SplitBy = SplitBy.Class } },
        new() { Fingerprint = "f2", Name = "lost", Classes = 2, TrainingImages = 10, ValidationImages = 2, TestImages = 3, Uses = [] },
    ];

    [Fact]
    public void Fields_are_a_sweep_that_waits_to_be_started_and_a_command()
    {
        var fields = Fields(("margin", "0.5..5"), ("loss", "contrastive, triplet"), ("search", "tpe"), ("trials", "40"), ("prune", "asha"), ("seeds", "1,2"), ("minutes", "10"), ("name", "mine"), ("data", "f1"), ("epochs", ""));

        var request = fields.Request(_data);

        Assert.Equal([("loss", "contrastive triplet"), ("margin", "")], request.Space.Dimensions.Select(one => (one.Hyperparameter, string.Join(' ', one.Values))));
        Assert.Equal((0.5, 5.0), (request.Space.Dimensions[1].Range!.Low, request.Space.Dimensions[1].Range!.High));
        Assert.Equal((SearchKind.Tpe, 40, PruneKind.Asha, TimeSpan.FromMinutes(10)), (request.Search, request.Points!.Value, request.Prune, request.Stop.After!.Value));
        Assert.Equal([1, 2], request.Seeds.AsEnumerable());
        Assert.Equal(_data[0].Source, request.Data);
        Assert.False(request.StartWhenPrepared);
        Assert.Equal(
            "client sweep --data '/data/my signatures' --split-by class --losses 'contrastive, triplet' --margins 0.5..5 --search tpe --trials 40 --prune asha --seeds 1,2 --name mine --for 10m",
            fields.Command(_data));
    }

    [Fact]
    public void An_empty_form_is_one_trial_with_the_defaults()
    {
        var fields = Fields(("search", "grid"), ("prune", "none"), ("margin", " "));

        Assert.Empty(fields.Request(_data).Space.Dimensions);
        Assert.Equal(DataSource.MnistMini, fields.Request(_data).Data);
        Assert.Equal("client sweep", fields.Command(_data));
    }

    [Theory]
    [InlineData("margin", "1,x", "'margin': 'x' is not a number.")]
    [InlineData("margin", "1,1", "'margin': 1 is listed twice.")]
    [InlineData("epochs", "1.5", "'epochs': '1.5' is not a whole number.")]
    [InlineData("search", "luck", "'search': 'luck' is not one of grid, random, sobol, tpe.")]
    [InlineData("search", "tpe", "'trials': state how many points the search may try.")]
    [InlineData("trials", "5", "'trials' applies to a search; a grid has one trial for each combination.")]
    [InlineData("trials", "-5", "'trials': '-5' is not a whole number.")]
    [InlineData("name", "a b", "'name': 'a b' is not a name; use 1 to 64 letters, digits, '-', '_' or '.'.")]
    [InlineData("data", "f2", "'data': the cluster has no data set 'f2' that it can read; choose another one.")]
    [InlineData("seeds", "1,1", "'seeds': 1 is listed twice.")]
    public void A_field_that_cannot_be_read_is_explained(string name, string text, string message) =>
        Assert.Equal(message, Assert.Throws<BadInputException>(() => Fields((name, text)).Request(_data)).Message);

    [Fact]
    public void A_search_needs_something_to_search() => Assert.Equal(
        "'search': a search needs a hyperparameter with several values or a range, such as 0.5..5.",
        Assert.Throws<BadInputException>(() => Fields(("search", "random"), ("trials", "5"), ("margin", "2")).Request(_data)).Message);

    [Fact]
    public void An_unknown_field_and_one_that_is_stated_twice_are_refused()
    {
        Assert.Equal("There is no field 'margins' in the form of a sweep.", Assert.Throws<BadInputException>(() => Fields(("margins", "1"))).Message);
        Assert.Equal("'margin' is stated more than once.", Assert.Throws<BadInputException>(() => SweepFields.Of([KeyValuePair.Create("margin", new StringValues(["1", "2"]))])).Message);
    }

    private static SweepFields Fields(params (string Name, string Text)[] fields) => SweepFields.Of(fields.Select(field => KeyValuePair.Create(field.Name, new StringValues(field.Text))));
}
