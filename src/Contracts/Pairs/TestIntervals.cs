using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Pairs;

/// <summary>95 % intervals of the figures on test pairs, by bootstrap over the test images (Efron 1979).</summary>
/// <param name="Images">Number of test images.</param>
/// <param name="Ensemble">Interval of the ensemble's EER.</param>
/// <param name="BestMember">Interval of the best member's EER.</param>
/// <param name="Difference">Interval of the ensemble's EER minus the best member's, both on the same draws.</param>
/// <param name="CalibrationError">The ensemble's expected calibration error, 0 to 1, as in <see cref="CalibrationCheck"/>.</param>
/// <param name="Calibration">Interval of that error.</param>
[GenerateSerializer, Immutable, Alias("siamese.TestIntervals")]
public sealed record TestIntervals(
    int Images, Interval Ensemble, Interval BestMember, Interval Difference, double CalibrationError, Interval Calibration);
