namespace Siamese.Contracts.Trials;

/// <summary>What can be wrong with a trial's training.</summary>
[GenerateSerializer, Alias("siamese.FindingKind")]
public enum FindingKind
{
    /// <summary>All embeddings lie in one point.</summary>
    Collapsed,

    /// <summary>Losses or embeddings are no longer numbers.</summary>
    Diverged,

    /// <summary>Nearly all training pairs are of one kind.</summary>
    OneSidedPairs,

    /// <summary>*Same* and *different* seem to be swapped in the data.</summary>
    SwappedLabels,

    /// <summary>The network distinguishes training images far better than others.</summary>
    Memorising,

    /// <summary>Training changed next to nothing.</summary>
    NoConvergence,

    /// <summary>The network is no better than guessing.</summary>
    NoBetterThanChance,
}
