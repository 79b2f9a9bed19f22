namespace Siamese.Contracts.Pairs;

/// <summary>What a pair of images is, or is judged to be. Never a bare 0 or 1.</summary>
[GenerateSerializer, Alias("siamese.Relation")]
public enum Relation
{
    /// <summary>Both show the same thing; their distance should be small.</summary>
    Same,

    /// <summary>They show different things; their distance should be large.</summary>
    Different,
}
