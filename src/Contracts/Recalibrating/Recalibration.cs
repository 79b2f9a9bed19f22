namespace Siamese.Contracts.Recalibrating;

/// <summary>
/// Corrects an ensemble's calibration using feedback: log odds = <paramref name="Slope"/> · (log odds before) +
/// <paramref name="Shift"/>.
/// </summary>
/// <param name="Slope">Above 0; 1 keeps the confidence unchanged.</param>
/// <param name="Shift">A value above 0 makes *same* more probable for every pair.</param>
/// <param name="Same">Number of feedback pairs that are the same.</param>
/// <param name="Different">Number of feedback pairs that are different.</param>
/// <param name="LossBefore">Log-loss of the uncorrected probabilities on those pairs; each kind weighs half.</param>
/// <param name="LossAfter">Log-loss of the corrected probabilities, in five-fold cross-validation.</param>
[GenerateSerializer, Immutable, Alias("siamese.Recalibration")]
public sealed record Recalibration(double Slope, double Shift, int Same, int Different, double LossBefore, double LossAfter)
{
    /// <summary>The corrected probability.</summary>
    public double Correct(double probability)
    {
        var odds = (Slope * (Math.Log(probability) - Math.Log(1 - probability))) + Shift;
        return odds >= 0 ? 1 / (1 + Math.Exp(-odds)) : Math.Exp(odds) / (1 + Math.Exp(odds));
    }
}
