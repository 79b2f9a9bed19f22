namespace Siamese.Contracts.Tuning;

/// <summary>Where the pairs or triplets of a batch come from.</summary>
[GenerateSerializer, Alias("siamese.Pairing")]
public enum Pairing
{
    /// <summary>Batches of images with M of each class; every pair or triplet in them counts, and each image is embedded once.</summary>
    Batch,

    /// <summary>A list drawn once from the seed and shuffled every epoch, as in the article.</summary>
    Listed,

    /// <summary>A list drawn like <see cref="Listed"/>, but without labels: the nearest neighbours of an image are *same*.</summary>
    Neighbours,
}
