namespace Siamese.Contracts.Evaluations;

/// <summary>Who drew the images of a one-shot trial.</summary>
[GenerateSerializer, Alias("siamese.DrawerRule")]
public enum DrawerRule
{
    /// <summary>The data does not say.</summary>
    Unknown,

    /// <summary>Who drew the image that is asked about drew none of those to choose from of its class.</summary>
    Different,

    /// <summary>One drawer drew all images to choose from, and another the one that is asked about, as Lake et al. had it.</summary>
    OneAndAnother,
}
