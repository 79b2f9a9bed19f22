using System.Collections.Immutable;

namespace Siamese.Contracts.Recalibrating;

/// <summary>What recalibrating would change.</summary>
/// <param name="Found">The correction that the feedback suggests.</param>
/// <param name="Version">The newest version.</param>
/// <param name="ThresholdBefore">Its threshold, a distance.</param>
/// <param name="ThresholdAfter">The threshold of the version that would be made.</param>
/// <param name="IsUndone">Whether the feedback calls for no correction, so that an earlier one would be undone.</param>
/// <param name="IsNone">Whether no version would be made.</param>
/// <param name="Judged">Number of pairs with feedback, judged by the newest version's members.</param>
/// <param name="WrongBefore">Number of these that the newest version misjudges.</param>
/// <param name="WrongAfter">Number of these that the version to be made would misjudge.</param>
/// <param name="Changed">Fraction of the validation pairs that would be judged otherwise; null if they are not known.</param>
/// <param name="Callers">Who gave the feedback, those with the most first.</param>
[GenerateSerializer, Immutable, Alias("siamese.RecalibrationEffect")]
public sealed record RecalibrationEffect(
    Recalibration Found,
    int Version,
    double ThresholdBefore,
    double ThresholdAfter,
    bool IsUndone,
    bool IsNone,
    int Judged,
    int WrongBefore,
    int WrongAfter,
    double? Changed,
    ImmutableArray<FeedbackShare> Callers);

/// <summary>The part of the feedback that one caller gave.</summary>
/// <param name="Caller">The caller's name; null for feedback that an earlier build stored.</param>
/// <param name="Entries">Number of its entries.</param>
/// <param name="Same">How much each of its entries on pairs that are the same counts, 0 to 1.</param>
/// <param name="Different">How much each of its entries on pairs that are different counts, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("siamese.FeedbackShare")]
public sealed record FeedbackShare(string? Caller, int Entries, double Same, double Different)
{
    /// <summary>Whether its feedback does not count in full.</summary>
    public bool IsLimited => Math.Min(Same, Different) < 1;
}
