namespace Siamese.Contracts.Training;

/// <summary>What can be wrong with a trial's training.</summary>
[GenerateSerializer, Alias("siamese.FindingKind")]
public enum FindingKind
{
    /// <summary>All embeddings lie in one point.</summary>
    Collapsed,

    /// <summary>Losses or embeddings are no numbers any more.</summary>
    Diverged,

    /// <summary>Nearly all training pairs are of one kind.</summary>
    OneSidedPairs,

    /// <summary>*Same* and *different* seem to have changed places in the data.</summary>
    SwappedLabels,

    /// <summary>Training images are told apart far better than others.</summary>
    Memorising,

    /// <summary>Training changed next to nothing.</summary>
    NoConvergence,

    /// <summary>It might as well guess.</summary>
    NoBetterThanChance,
}
