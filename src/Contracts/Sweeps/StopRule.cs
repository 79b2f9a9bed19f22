namespace Siamese.Contracts.Sweeps;

/// <summary>When a sweep stops though not all of its trials are trained. Trials that are being trained then are stopped too.</summary>
/// <param name="Eer">As soon as a point has a mean validation EER of at most this, 0 to 1, with all its trials trained; null for never.</param>
/// <param name="After">So long after training has begun; null for never.</param>
[GenerateSerializer, Immutable, Alias("siamese.StopRule")]
public sealed record StopRule(double? Eer = null, TimeSpan? After = null);
