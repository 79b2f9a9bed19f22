using Siamese.Contracts.Trials;

namespace Siamese.Grains.Trials;

/// <summary>What a trial tells the sweeps that follow it.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Silo">The silo that trains it; null if none does.</param>
/// <param name="Epoch">Its last finished epoch; null before the first.</param>
/// <param name="Result">How it ended; null if it has not.</param>
/// <param name="Why">Why it waits for another lease, such as `handed back by silo-2`; null if it does not.</param>
/// <param name="RefusedBy">The silo that cannot train it, if that is the reason.</param>
[GenerateSerializer, Immutable, Alias("siamese.TrialNews")]
internal sealed record TrialNews(string Trial, string? Silo, EpochReport? Epoch, TrialResult? Result, string? Why = null, string? RefusedBy = null);
