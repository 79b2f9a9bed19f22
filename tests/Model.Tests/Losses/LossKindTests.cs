using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class LossKindTests
{
    public static TheoryData<string, string, bool> Combinations
    {
        get
        {
            var combinations = new TheoryData<string, string, bool>();
            foreach (var kind in LossKind.All.Where(kind => kind.Own.ContainsKey("margin")))
                foreach (var distance in Distance.All)
                    foreach (var isNormalized in new[] { false, true })
                        combinations.Add(kind.Name, distance.Name, isNormalized);
            return combinations;
        }
    }

    [Theory, MemberData(nameof(Combinations))]
    public void Every_loss_has_a_default_margin_that_every_distance_can_reach(string loss, string name, bool isNormalized)
    {
        var distance = Distance.Get(name);
        var point = (new Hyperparameters() with { Normalize = isNormalized }).With(loss, name);
        Assert.InRange(point.Margin!.Value, 0.01, isNormalized ? distance.MaximumOfLengthOne(point.EmbeddingSize) : distance.Maximum);
    }

    [Fact]
    public void The_margin_and_the_balance_of_a_trial_reach_its_loss()
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(new float[] { 0, 0, 1 }, [3, 1]);
        var labels = torch.tensor(new long[] { 0, 0, 1 });
        double Loss(double margin, double? balance) => LossKind.Get("contrastive")
            .Create(new Hyperparameters { Margin = margin, Balance = balance }, new EuclideanDistance())
            .OverBatch(embeddings, labels).item<float>();

        Assert.Equal(0.25 * 4, Loss(margin: 3, balance: 0.25), 1e-5);
        Assert.Equal(0.5 * 1, Loss(margin: 2, balance: null), 1e-5);
    }

    [Fact]
    public void A_loss_has_the_form_that_its_kind_states()
    {
        foreach (var kind in LossKind.All)
        {
            var loss = SomeLosses.Make(kind.Name);
            Assert.Equal(kind.Form is LossForm.Triplets, loss is TripletLoss);
            Assert.Equal(kind.Form is LossForm.Pairs, loss is PairLoss);
        }
    }

    [Fact]
    public void The_defaults_of_each_losss_own_hyperparameters_are_valid()
    {
        foreach (var kind in LossKind.All)
        {
            var point = new Hyperparameters().With(kind.Name);
            foreach (var (name, byDefault) in kind.Own)
                Hyperparameter.Named(name).Check(byDefault(point));
        }
    }

    [Fact]
    public void An_unknown_name_finds_nothing() => Assert.Null(LossKind.Find("hinge"));
}
