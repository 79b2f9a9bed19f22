using Siamese.Model.Losses;
using Siamese.Model.Miners;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

/// <summary>What every loss must do, with every kind of mining that it supports.</summary>
public sealed class EveryLossTests
{
    public static TheoryData<string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string>();
            foreach (var kind in LossKind.All)
                foreach (var mining in kind.Form is LossForm.Batch ? ["all"] : Miner.All.Select(miner => miner.Name).Prepend("all"))
                    kinds.Add(kind.Name, mining);
            return kinds;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Degenerate_batches_have_finite_losses_and_gradients(string name, string mining)
    {
        var loss = Make(name, mining);
        foreach (var batch in Batch.Odd)
        {
            using var scope = torch.NewDisposeScope();
            var embeddings = batch.Embeddings();
            var value = loss.OverBatch(embeddings, batch.LabelTensor());
            value.backward();

            Assert.True(float.IsFinite(value.item<float>()), $"{value.item<float>()} for {string.Join(", ", batch.Labels)}");
            Assert.True(embeddings.grad is null || embeddings.grad.isfinite().all().item<bool>());
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_embedding_that_is_not_a_number_makes_the_loss_not_a_number(string name, string mining)
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(new[] { 0, 1, 0.1f, 1, 0.5f, 0.3f, float.NaN, 1 }, [4, 2]);
        Assert.True(float.IsNaN(Make(name, mining).OverBatch(embeddings, torch.tensor(new long[] { 0, 0, 1, 1 })).item<float>()));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_step_against_the_gradient_lowers_the_loss(string name, string mining)
    {
        using var scope = torch.NewDisposeScope();
        var (loss, batch) = (Make(name, mining), Batch.Drawn(seed: 7));
        var embeddings = batch.Embeddings();
        var before = loss.OverBatch(embeddings, batch.LabelTensor());
        before.backward();
        using var noGradient = torch.no_grad();
        var after = loss.OverBatch(embeddings - embeddings.grad! * 1e-3f, batch.LabelTensor());

        Assert.True(after.item<float>() < before.item<float>(), $"{before.item<float>()} to {after.item<float>()}");
    }

    private static Loss Make(string name, string mining) => SomeLosses.Make(name, mining);
}
