using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Ensembles;

/// <summary>How far an ensemble's probabilities can be trusted, measured on validation images held out from each calibration.</summary>
/// <param name="Images">Number of validation images.</param>
/// <param name="Pairs">Number of held-out pairs.</param>
/// <param name="PlattLogLoss">Mean log-loss of Platt's calibration, natural logarithm; each kind weighs half.</param>
/// <param name="IsotonicLogLoss">The same for isotonic regression.</param>
/// <param name="Error">
/// Expected calibration error of the calibration in use, 0 to 1: over 15 bins of equal mass, the mean gap between the
/// predicted probability of *same* and its observed frequency (Naeini et al., AAAI 2015).
/// </param>
/// <param name="ErrorInterval">Its 95 % interval, by bootstrap over images.</param>
[GenerateSerializer, Immutable, Alias("siamese.CalibrationCheck")]
public sealed record CalibrationCheck(
    int Images, int Pairs, double PlattLogLoss, double IsotonicLogLoss, double Error, Interval ErrorInterval);
