using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>What `recalibrate` came to.</summary>
/// <param name="Version">The new version; null where none was made.</param>
/// <param name="Threshold">Of the new version.</param>
/// <param name="Slope">What log odds are multiplied by.</param>
/// <param name="Shift">What is added to them then.</param>
/// <param name="Same">Pairs of feedback that are the same.</param>
/// <param name="Different">Pairs that are different.</param>
/// <param name="LossBefore">Log-loss on them before.</param>
/// <param name="LossAfter">The same of the corrected probabilities, held out.</param>
internal sealed record RecalibratedDocument(
    string Ensemble, int? Version, double? Threshold, double Slope, double Shift, int Same, int Different, double LossBefore, double LossAfter)
{
    public static RecalibratedDocument Of(string ensemble, Recalibrated recalibrated) => new(
        ensemble, recalibrated.Version?.Ensemble.Version, recalibrated.Version?.Ensemble.Threshold, recalibrated.Found.Slope, recalibrated.Found.Shift,
        recalibrated.Found.Same, recalibrated.Found.Different, recalibrated.Found.LossBefore, recalibrated.Found.LossAfter);
}
