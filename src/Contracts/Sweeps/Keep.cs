namespace Siamese.Contracts.Sweeps;

/// <summary>Which epoch's weights a trial ends with.</summary>
[GenerateSerializer, Alias("siamese.Keep")]
public enum Keep
{
    /// <summary>The last one's.</summary>
    Last,

    /// <summary>Those of the epoch with the lowest validation EER, the first of them where several have it.</summary>
    Best,
}
