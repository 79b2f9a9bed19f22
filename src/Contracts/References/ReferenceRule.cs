namespace Siamese.Contracts.References;

/// <summary>How the distance of an image to several references of one class is measured.</summary>
public enum ReferenceRule
{
    /// <summary>The distance to the nearest of them.</summary>
    Nearest,

    /// <summary>The mean of the distances to all of them.</summary>
    Mean,

    /// <summary>
    /// How unlikely the image's embedding is under an independent normal distribution of each of its numbers, fitted to the references' embeddings
    /// (Bromley et al., NIPS 1993).
    /// </summary>
    Gaussian,
}
