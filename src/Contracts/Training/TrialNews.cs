namespace Siamese.Contracts.Training;

/// <summary>What a trial tells the sweeps that follow it.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Silo">The silo that trains it; null where it has ended.</param>
/// <param name="Epoch">Its last finished epoch; null before the first.</param>
/// <param name="Result">How it ended; null while it trains.</param>
[GenerateSerializer, Immutable, Alias("siamese.TrialNews")]
public sealed record TrialNews(string Trial, string? Silo, EpochReport? Epoch, TrialResult? Result);
