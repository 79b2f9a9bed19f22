namespace Siamese.Contracts.Ensembles;

/// <summary>What an ensemble answers.</summary>
[GenerateSerializer, Alias("siamese.Answer")]
public enum Answer
{
    /// <summary>Both images show the same thing.</summary>
    Same,

    /// <summary>They show different things.</summary>
    Different,

    /// <summary>The ensemble cannot tell; the verdict's doubts say why.</summary>
    Unsure,
}
