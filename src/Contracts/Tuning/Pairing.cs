namespace Siamese.Contracts.Tuning;

/// <summary>Where the pairs or triplets of a batch come from.</summary>
[GenerateSerializer, Alias("siamese.Pairing")]
public enum Pairing
{
    /// <summary>Batches of images with M of each class; every pair or triplet in them counts, and each image is embedded once.</summary>
    Batch,

    /// <summary>A list drawn once from the seed and shuffled every epoch, as in the article.</summary>
    Listed,

    /// <summary>Batches of images with their nearest neighbours, without labels: neighbours are *same*; every pair in a batch counts.</summary>
    Neighbours,
}
