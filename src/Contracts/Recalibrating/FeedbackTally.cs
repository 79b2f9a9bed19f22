using System.Collections.Immutable;

namespace Siamese.Contracts.Recalibrating;

/// <summary>An ensemble's feedback on pairs judged by versions that give the same distances as the newest.</summary>
/// <param name="Version">The newest version.</param>
/// <param name="Same">Pairs that are the same.</param>
/// <param name="Different">Pairs that are different.</param>
/// <param name="Wrong">Pairs of both kinds that the newest version's threshold misclassifies.</param>
/// <param name="Elsewhere">Pairs judged by versions with other members; they say nothing about the newest.</param>
/// <param name="Drifts">Contradictions between recent feedback and the calibration; empty if there are none.</param>
[GenerateSerializer, Immutable, Alias("siamese.FeedbackTally")]
public sealed record FeedbackTally(int Version, int Same, int Different, int Wrong, int Elsewhere, ImmutableArray<Drift> Drifts);

/// <summary>What came of removing feedback.</summary>
/// <param name="Entries">Number of entries that were removed.</param>
/// <param name="Tally">The feedback that is left.</param>
[GenerateSerializer, Immutable, Alias("siamese.WithdrawnFeedback")]
public sealed record WithdrawnFeedback(int Entries, FeedbackTally Tally);
