namespace Siamese.Contracts.Tuning;

/// <summary>How the two sides of a network are related.</summary>
[GenerateSerializer, Alias("siamese.NetworkKind")]
public enum NetworkKind
{
    /// <summary>Both sides share one encoder (Bromley et al., NIPS 1993).</summary>
    Siamese,

    /// <summary>Each side has its own encoder: the first image of a pair goes through one, the second through the other.</summary>
    PseudoSiamese,
}
