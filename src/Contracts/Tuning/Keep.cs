namespace Siamese.Contracts.Tuning;

/// <summary>Which epoch's weights a trial ends with.</summary>
[GenerateSerializer, Alias("siamese.Keep")]
public enum Keep
{
    /// <summary>The weights of the last epoch.</summary>
    Last,

    /// <summary>The weights of the epoch with the lowest validation EER; the first such epoch if there are several.</summary>
    Best,
}
