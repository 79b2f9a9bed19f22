namespace Siamese.Contracts.Sweeps;

/// <summary>What the two sides of a network have to do with each other.</summary>
[GenerateSerializer, Alias("siamese.NetworkKind")]
public enum NetworkKind
{
    /// <summary>Both sides share one encoder (Bromley et al., NIPS 1993).</summary>
    Siamese,

    /// <summary>Each side has an encoder of its own: the first image of a pair goes through the one, the second through the other.</summary>
    PseudoSiamese,
}
