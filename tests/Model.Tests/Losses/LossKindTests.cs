using Siamese.Contracts.Sweeps;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class LossKindTests
{
    public static TheoryData<string, string> Combinations
    {
        get
        {
            var combinations = new TheoryData<string, string>();
            foreach (var kind in LossKind.All)
                foreach (var distance in Distance.All)
                    combinations.Add(kind.Name, distance.Name);
            return combinations;
        }
    }

    [Theory, MemberData(nameof(Combinations))]
    public void Every_loss_comes_with_a_margin_that_every_distance_can_meet(string loss, string distance)
    {
        var margin = LossKind.Find(loss)!.DefaultMargin(Distance.Find(distance)!);
        Assert.InRange(margin!.Value, 0.01, Distance.Find(distance)!.Maximum);
    }

    [Fact]
    public void The_margin_and_the_balance_of_a_trial_reach_its_loss()
    {
        using var scope = torch.NewDisposeScope();
        var kind = LossKind.Find("contrastive")!;
        var embeddings = torch.tensor(new float[] { 0, 0, 1 }, [3, 1]);
        var labels = torch.tensor(new long[] { 0, 0, 1 });
        double Loss(double? margin, double? balance) => kind
            .Create(new Hyperparameters { Margin = margin, Balance = balance }, new EuclideanDistance())
            .OverBatch(embeddings, labels).item<float>();

        Assert.Equal(0.25 * 4, Loss(margin: 3, balance: 0.25), 1e-5);
        Assert.Equal(0.5 * 1, Loss(margin: null, balance: null), 1e-5);
    }

    [Fact]
    public void Triplets_are_made_of_the_loss_that_says_so()
    {
        foreach (var kind in LossKind.All)
        {
            var loss = kind.Create(new Hyperparameters(), new EuclideanDistance());
            Assert.Equal(kind.IsOnTriplets, loss is TripletLoss);
            Assert.Equal(!kind.IsOnTriplets, loss is PairLoss);
        }
    }

    [Fact]
    public void An_unknown_name_finds_nothing() => Assert.Null(LossKind.Find("hinge"));
}
