namespace Siamese.Contracts.Sweeps;

/// <summary>One point of the search space: everything about a trial that is chosen rather than given.</summary>
/// <remarks>
/// Canonical: what does not apply to the chosen loss or pairing is null, so that equal training has equal hyperparameters.
/// </remarks>
[GenerateSerializer, Immutable, Alias("siamese.Hyperparameters")]
public sealed record Hyperparameters
{
    /// <summary>Name of the encoder: `conv` or `article`.</summary>
    [Id(0)] public string Encoder { get; init; } = "conv";

    /// <summary>Width D of an embedding.</summary>
    [Id(1)] public int EmbeddingSize { get; init; } = 32;

    /// <summary>Name of the distance: `euclidean`, `squared-euclidean`, `manhattan` or `cosine`.</summary>
    [Id(2)] public string Distance { get; init; } = "euclidean";

    /// <summary>Name of the loss: `contrastive` or `triplet`.</summary>
    [Id(3)] public string Loss { get; init; } = "contrastive";

    /// <summary>The loss's margin, in units of the distance; null for a loss without one.</summary>
    [Id(4)] public double? Margin { get; init; } = 2;

    /// <summary>Where pairs come from.</summary>
    [Id(5)] public Pairing Pairing { get; init; } = Pairing.Batch;

    /// <summary>Length of the list of pairs (or triplets) that an epoch goes through; null with <see cref="Pairing.Batch"/>.</summary>
    [Id(6)] public int? Pairs { get; init; }

    /// <summary>Images in a batch with <see cref="Pairing.Batch"/>; pairs (or triplets) in a batch with <see cref="Pairing.Listed"/>.</summary>
    [Id(7)] public int BatchSize { get; init; } = 120;

    /// <summary>
    /// From 0 to 1. Listed: the share of *different* pairs drawn. Batch: b in the loss (1−b)·mean over same + b·mean over
    /// different. Null for a loss on triplets, which hold one of each.
    /// </summary>
    [Id(8)] public double? Balance { get; init; } = 0.5;

    /// <summary>Adam's learning rate at the start.</summary>
    [Id(9)] public double LearningRate { get; init; } = 2e-3;

    /// <summary>How the learning rate goes down over the epochs.</summary>
    [Id(10)] public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Whether training images are shifted, rotated, scaled and sheared at random.</summary>
    [Id(11)] public bool Augment { get; init; } = true;

    /// <summary>Number of epochs.</summary>
    [Id(12)] public int Epochs { get; init; } = 20;
}
