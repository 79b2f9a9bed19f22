using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Contracts.Documents;

/// <summary>The result of `recalibrate`.</summary>
/// <param name="Version">The new version; null if none was made.</param>
/// <param name="Threshold">The new version's threshold.</param>
/// <param name="Slope">Factor that log odds are multiplied by.</param>
/// <param name="Shift">Offset that is then added to them.</param>
/// <param name="Same">Number of pairs that feedback calls *same*.</param>
/// <param name="Different">Number of pairs that feedback calls *different*.</param>
/// <param name="LossBefore">Log-loss on these pairs before the correction.</param>
/// <param name="LossAfter">Log-loss of the corrected probabilities on held-out pairs.</param>
public sealed record RecalibratedDocument(
    string Ensemble, int? Version, double? Threshold, double Slope, double Shift, int Same, int Different, double LossBefore, double LossAfter)
{
    public static RecalibratedDocument Of(string ensemble, Recalibrated recalibrated) => new(
        ensemble, recalibrated.Version?.Ensemble.Version, recalibrated.Version?.Ensemble.Threshold, recalibrated.Found.Slope, recalibrated.Found.Shift,
        recalibrated.Found.Same, recalibrated.Found.Different, recalibrated.Found.LossBefore, recalibrated.Found.LossAfter);
}

/// <summary>The result of `recalibrate --preview`.</summary>
/// <param name="Version">The newest version.</param>
/// <param name="ThresholdBefore">Its threshold, a distance.</param>
/// <param name="ThresholdAfter">The threshold of the version that would be made.</param>
/// <param name="Changes">Whether a version would be made.</param>
/// <param name="Slope">Factor that log odds are multiplied by.</param>
/// <param name="Shift">Offset that is then added to them.</param>
/// <param name="LossBefore">Log-loss on the feedback before the correction.</param>
/// <param name="LossAfter">Log-loss of the corrected probabilities on held-out feedback.</param>
/// <param name="Feedback">Number of feedback entries that count.</param>
/// <param name="WrongBefore">Number of these that the newest version misjudges.</param>
/// <param name="WrongAfter">Number of these that the version to be made would misjudge.</param>
/// <param name="ChangedValidation">Fraction of the validation pairs that would be judged otherwise; null if they are not known.</param>
/// <param name="Callers">Who gave the feedback, and how much each entry counts.</param>
public sealed record RecalibrationEffectDocument(
    string Ensemble,
    int Version,
    double ThresholdBefore,
    double ThresholdAfter,
    bool Changes,
    double Slope,
    double Shift,
    double LossBefore,
    double LossAfter,
    int Feedback,
    int WrongBefore,
    int WrongAfter,
    double? ChangedValidation,
    IReadOnlyList<FeedbackShare> Callers)
{
    public static RecalibrationEffectDocument Of(string ensemble, RecalibrationEffect effect) => new(
        ensemble, effect.Version, effect.ThresholdBefore, effect.ThresholdAfter, !effect.IsNone, effect.Found.Slope, effect.Found.Shift, effect.Found.LossBefore,
        effect.Found.LossAfter, effect.Judged, effect.WrongBefore, effect.WrongAfter, effect.Changed, effect.Callers);
}
