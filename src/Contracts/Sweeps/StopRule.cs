namespace Siamese.Contracts.Sweeps;

/// <summary>When a sweep stops before all of its trials are trained. Trials that are being trained then are stopped too.</summary>
/// <param name="Eer">Stop as soon as a point with all its trials trained has a mean validation EER of at most this, 0 to 1; null for never.</param>
/// <param name="After">Stop this long after training began; null for never.</param>
[GenerateSerializer, Immutable, Alias("siamese.StopRule")]
public sealed record StopRule(double? Eer = null, TimeSpan? After = null);
