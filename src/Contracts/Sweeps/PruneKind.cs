namespace Siamese.Contracts.Sweeps;

/// <summary>How trials that fall behind the others are paused, by the validation EERs that they report.</summary>
[GenerateSerializer, Alias("siamese.PruneKind")]
public enum PruneKind
{
    /// <summary>Every trial is trained to its end.</summary>
    None,

    /// <summary>
    /// After 1, 3, 9, ... epochs the best third goes on: asynchronous successive halving (Li et al., "A System for Massively
    /// Parallel Hyperparameter Tuning", MLSys 2020).
    /// </summary>
    Asha,

    /// <summary>A trial whose best EER is above the median of the others' at the same epoch (Golovin et al., "Google Vizier", KDD 2017).</summary>
    Median,
}
