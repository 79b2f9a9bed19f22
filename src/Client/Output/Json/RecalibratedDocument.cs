using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>The result of `recalibrate`.</summary>
/// <param name="Version">The new version; null if none was made.</param>
/// <param name="Threshold">The new version's threshold.</param>
/// <param name="Slope">Factor that log odds are multiplied by.</param>
/// <param name="Shift">Offset that is then added to them.</param>
/// <param name="Same">Number of pairs that feedback calls *same*.</param>
/// <param name="Different">Number of pairs that feedback calls *different*.</param>
/// <param name="LossBefore">Log-loss on these pairs before the correction.</param>
/// <param name="LossAfter">Log-loss of the corrected probabilities on held-out pairs.</param>
internal sealed record RecalibratedDocument(
    string Ensemble, int? Version, double? Threshold, double Slope, double Shift, int Same, int Different, double LossBefore, double LossAfter)
{
    public static RecalibratedDocument Of(string ensemble, Recalibrated recalibrated) => new(
        ensemble, recalibrated.Version?.Ensemble.Version, recalibrated.Version?.Ensemble.Threshold, recalibrated.Found.Slope, recalibrated.Found.Shift,
        recalibrated.Found.Same, recalibrated.Found.Different, recalibrated.Found.LossBefore, recalibrated.Found.LossAfter);
}
