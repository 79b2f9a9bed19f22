namespace Siamese.Contracts.Tuning;

/// <summary>How the learning rate changes over a trial.</summary>
[GenerateSerializer, Alias("siamese.LearningRateSchedule")]
public enum LearningRateSchedule
{
    /// <summary>Half a cosine from the stated rate to near 0 (Loshchilov and Hutter, SGDR, 2017, without restarts).</summary>
    Cosine,

    /// <summary>The stated rate throughout.</summary>
    Constant,

    /// <summary>
    /// Up from a 25th of the stated rate over the first 30 % of the steps, down to near 0 over the rest (Smith and Topin,
    /// "Super-Convergence", 2018; the momentum is constant).
    /// </summary>
    OneCycle,
}
