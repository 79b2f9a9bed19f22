namespace Siamese.Contracts.Ensembles;

/// <summary>
/// Corrects an ensemble's calibration by what feedback says: log odds = <paramref name="Slope"/> · (log odds before) +
/// <paramref name="Shift"/>.
/// </summary>
/// <param name="Slope">Above 0; 1 leaves them as confident as they were.</param>
/// <param name="Shift">Above 0 makes every pair more probably *same*.</param>
/// <param name="Same">Pairs of feedback that are the same.</param>
/// <param name="Different">Pairs that are different.</param>
/// <param name="LossBefore">Log-loss of the probabilities before, on those pairs, each kind weighing half.</param>
/// <param name="LossAfter">Of the corrected ones, each fifth of the pairs corrected by what the others say.</param>
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
