using Siamese.Client.CommandLine;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>Where recent feedback contradicts an ensemble's calibration.</summary>
/// <param name="Kind">What the pairs are, `same` or `different`.</param>
/// <param name="Probability">What the ensemble says of them on average.</param>
/// <param name="Expected">What it says of such pairs.</param>
/// <param name="Chance">How often so large a difference comes of chance, 0 to 1.</param>
internal sealed record DriftDocument(int Version, string Kind, int Pairs, double Probability, double Expected, double Chance)
{
    public static DriftDocument Of(Drift drift) => new(drift.Version, Word.Of(drift.Kind), drift.Pairs, drift.Probability, drift.Expected, drift.Chance);
}
