using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Tests.Wording;

public sealed class TrialLabelsTests
{
    private static readonly TrialSpec _contrastive = Some.Spec();

    private static readonly TrialSpec _ntXent = Of(new()
    {
        Loss = "nt-xent",
        Distance = "cosine",
        Normalize = null,
        Mining = null,
        Margin = null,
        Balance = null,
        Temperature = 0.1,
    });

    [Fact]
    public void Trials_are_labelled_by_hyperparameters_that_differ_and_not_by_those_that_only_do_not_apply() => Assert.Equal(
        ["loss", "distance", "margin", "temperature", "balance"],
        new TrialLabels([_contrastive, _ntXent]).Varying.Select(label => label.Heading));

    [Fact]
    public void A_label_omits_hyperparameters_that_do_not_apply()
    {
        var labels = new TrialLabels([_contrastive, _ntXent]);
        Assert.Equal("3fa94c21 loss nt-xent, distance cosine, temperature 0.1", labels.Of("3fa94c2155667788", _ntXent));
        Assert.Equal("3fa94c21 loss contrastive, distance euclidean, margin 2, balance 0.5", labels.Of("3fa94c2155667788", _contrastive));
    }

    [Fact]
    public void Rarely_changed_hyperparameters_are_shown_only_if_changed()
    {
        Assert.DoesNotContain("patience", new TrialLabels([_contrastive]).Common, StringComparison.Ordinal);
        Assert.Contains("patience 3, keep best", new TrialLabels([Of(new() { Patience = 3, Keep = Keep.Best })]).Common, StringComparison.Ordinal);
    }

    private static TrialSpec Of(Hyperparameters hyperparameters) => Some.Spec() with { Hyperparameters = hyperparameters };
}
