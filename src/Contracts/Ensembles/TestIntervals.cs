namespace Siamese.Contracts.Ensembles;

/// <summary>How sure the figures on test pairs are: 95 % intervals by bootstrap over the test images (Efron 1979).</summary>
/// <param name="Images">Number of test images.</param>
/// <param name="Ensemble">Of the ensemble's EER.</param>
/// <param name="BestMember">Of the best member's.</param>
/// <param name="Difference">Of the ensemble's less the best member's, both on the same draws.</param>
/// <param name="CalibrationError">The ensemble's expected calibration error, 0 to 1, as of a <see cref="CalibrationCheck"/>.</param>
/// <param name="Calibration">Of that error.</param>
[GenerateSerializer, Immutable, Alias("siamese.TestIntervals")]
public sealed record TestIntervals(
    int Images, Interval Ensemble, Interval BestMember, Interval Difference, double CalibrationError, Interval Calibration);
