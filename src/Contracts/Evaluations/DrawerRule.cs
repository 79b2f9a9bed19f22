namespace Siamese.Contracts.Evaluations;

/// <summary>Who drew the images of a one-shot trial.</summary>
[GenerateSerializer, Alias("siamese.DrawerRule")]
public enum DrawerRule
{
    /// <summary>The data does not say.</summary>
    Unknown,

    /// <summary>The query and the candidate of its class were drawn by different people.</summary>
    Different,

    /// <summary>One person drew all candidates and another drew the query, as in Lake et al.</summary>
    OneAndAnother,
}
