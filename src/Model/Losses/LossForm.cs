namespace Siamese.Model.Losses;

/// <summary>What a loss is computed over.</summary>
public enum LossForm
{
    /// <summary>Pairs: a <see cref="PairLoss"/>.</summary>
    Pairs,

    /// <summary>Triplets: a <see cref="TripletLoss"/>.</summary>
    Triplets,

    /// <summary>Whole batches; requires <see cref="Contracts.Tuning.Pairing.Batch"/>.</summary>
    Batch,
}
