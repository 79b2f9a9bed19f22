using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>The feedback that an ensemble has, of pairs judged by versions whose distances are those of the newest.</summary>
/// <param name="Version">The newest version.</param>
/// <param name="Same">Pairs that are the same.</param>
/// <param name="Different">Pairs that are different.</param>
/// <param name="Wrong">Of both, those that the newest version's threshold has on the wrong side.</param>
/// <param name="Elsewhere">Pairs judged by versions with other members, which say nothing of the newest.</param>
/// <param name="Drifts">Where recent feedback contradicts the calibration; empty where it does not.</param>
[GenerateSerializer, Immutable, Alias("siamese.FeedbackTally")]
public sealed record FeedbackTally(int Version, int Same, int Different, int Wrong, int Elsewhere, ImmutableArray<Drift> Drifts);
