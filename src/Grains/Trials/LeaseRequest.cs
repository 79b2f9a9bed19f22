using Siamese.Contracts.Trials;

namespace Siamese.Grains.Trials;

/// <summary>A sweep asks for a trial's lease.</summary>
/// <param name="Spec">The trial.</param>
/// <param name="Sweep">The sweep that wants it trained.</param>
/// <param name="Silo">The silo whose slot will train it.</param>
/// <param name="Retries">Number of failures allowed before one is final.</param>
/// <param name="IsHolderDead">Whether the silo that holds the current lease is dead; that lease then counts as expired.</param>
internal sealed record LeaseRequest(TrialSpec Spec, string Sweep, string Silo, int Retries, bool IsHolderDead = false);
