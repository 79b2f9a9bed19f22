using Siamese.Client.CommandLine;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>How recent feedback contradicts an ensemble's calibration.</summary>
/// <param name="Kind">What the pairs really are, `same` or `different`.</param>
/// <param name="Probability">The ensemble's average probability of *same* for them.</param>
/// <param name="Expected">The average that is expected for such pairs.</param>
/// <param name="Chance">How often a difference this large arises by chance, 0 to 1.</param>
internal sealed record DriftDocument(int Version, string Kind, int Pairs, double Probability, double Expected, double Chance)
{
    public static DriftDocument Of(Drift drift) => new(drift.Version, Word.Of(drift.Kind), drift.Pairs, drift.Probability, drift.Expected, drift.Chance);
}
