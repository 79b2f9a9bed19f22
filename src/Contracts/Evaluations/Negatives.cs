namespace Siamese.Contracts.Evaluations;

/// <summary>Where the images of a different pair come from.</summary>
[GenerateSerializer, Alias("siamese.Negatives")]
public enum Negatives
{
    /// <summary>Any two classes.</summary>
    Any,

    /// <summary>Two classes of one group (an alphabet, a writer), which is harder.</summary>
    SameGroup,
}
