using Siamese.Contracts.Ensembles;

namespace Siamese.Model.Training;

/// <summary>Whether a trained trial is fit to be a member, and if not, why.</summary>
public static class Usability
{
    /// <summary>Mean distance of *different* pairs, as a share of the margin, under which embeddings have collapsed to a point.</summary>
    private const double CollapsedShare = 0.02;

    /// <summary>An AUC below this is so near to chance that no ensemble is the better for it.</summary>
    private const double ChanceAuc = 0.6;

    /// <summary>The reason not to use the trial; null where it is usable.</summary>
    /// <param name="meanDifferent">Mean distance of *different* validation pairs.</param>
    /// <param name="expected">The distance that training pushes them to: the margin, or 1 without one.</param>
    /// <param name="validation">Metrics on validation pairs.</param>
    public static string? Problem(double meanDifferent, double expected, PairMetrics validation)
    {
        if (meanDifferent < CollapsedShare * expected)
        {
            return Text($"collapsed: different pairs lie {meanDifferent:G2} apart where {expected:G2} was asked for; try a lower learning rate or more different pairs");
        }

        return validation.Auc < ChanceAuc
            ? Text($"no better than chance: validation AUC {validation.Auc:F3}; check the labels, or train longer")
            : null;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
