namespace Siamese.Contracts.Tuning;

/// <summary>How the points of a search space are chosen.</summary>
[GenerateSerializer, Alias("siamese.SearchKind")]
public enum SearchKind
{
    /// <summary>Every combination of the listed values.</summary>
    Grid,

    /// <summary>Drawn independently (Bergstra and Bengio, JMLR 2012).</summary>
    Random,

    /// <summary>Spread evenly: a Sobol sequence (Sobol, 1967; Joe and Kuo, 2008), shifted at random.</summary>
    Sobol,

    /// <summary>Where earlier points did well: the tree-structured Parzen estimator (Bergstra et al., NIPS 2011).</summary>
    Tpe,
}
