namespace Siamese.Contracts.Tuning;

/// <summary>Which trials are paused because they fall behind the others, judged by the validation EERs that they report.</summary>
[GenerateSerializer, Alias("siamese.PruneKind")]
public enum PruneKind
{
    /// <summary>Every trial is trained to its end.</summary>
    None,

    /// <summary>
    /// After 1, 3, 9, ... epochs the best third continues: asynchronous successive halving (Li et al., "A System for Massively
    /// Parallel Hyperparameter Tuning", MLSys 2020).
    /// </summary>
    Asha,

    /// <summary>Pauses a trial whose best EER is above the median of the others' at the same epoch (Golovin et al., "Google Vizier", KDD 2017).</summary>
    Median,
}
