namespace Siamese.Contracts.Ensembles;

/// <summary>How far an ensemble's probabilities can be trusted: on validation images that each calibration had not seen.</summary>
/// <param name="Images">Number of validation images.</param>
/// <param name="Pairs">Number of held-out pairs.</param>
/// <param name="PlattLogLoss">Mean log-loss of Platt's calibration, natural logarithm, each kind weighing half.</param>
/// <param name="IsotonicLogLoss">That of isotonic regression.</param>
/// <param name="Error">
/// Expected calibration error of the one in use, 0 to 1: over 15 bins of equal mass, the mean distance between how probable
/// *same* was said to be and how often it was so (Naeini et al., AAAI 2015).
/// </param>
/// <param name="ErrorInterval">Its 95 % interval, by bootstrap over images.</param>
[GenerateSerializer, Immutable, Alias("siamese.CalibrationCheck")]
public sealed record CalibrationCheck(
    int Images, int Pairs, double PlattLogLoss, double IsotonicLogLoss, double Error, Interval ErrorInterval);
