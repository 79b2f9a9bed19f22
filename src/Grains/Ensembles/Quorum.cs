using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <summary>The part of an ensemble that can be used now.</summary>
/// <param name="Ensemble">The ensemble with only those members, its weights rescaled to sum to 1.</param>
/// <param name="Members">Those members, loaded, in the same order.</param>
/// <param name="Absent">The other members.</param>
internal sealed record Quorum(Ensemble Ensemble, ImmutableArray<LoadedMember> Members, ImmutableArray<AbsentMember> Absent)
{
    /// <summary>
    /// Members with more than half of the weight can answer for the ensemble. Threshold and calibration stay the same: each
    /// distance is in units of its member's own threshold, so the mean over fewer members is on the same scale.
    /// </summary>
    /// <param name="ensemble">The whole ensemble.</param>
    /// <param name="loaded">Its members in their order; null for one that could not be loaded.</param>
    /// <param name="absent">The members that could not be loaded, with the reason.</param>
    /// <exception cref="NoQuorumException">The loaded members have half of the weight or less.</exception>
    public static Quorum Of(Ensemble ensemble, IReadOnlyList<LoadedMember?> loaded, ImmutableArray<AbsentMember> absent)
    {
        if (absent.IsEmpty)
            return new(ensemble, [.. loaded!], absent);
        var weight = ensemble.Members.Where((_, m) => loaded[m] is not null).Sum(member => member.Weight);
        var whole = ensemble.Members.Sum(member => member.Weight);
        if (weight <= whole / 2)
        {
            throw new NoQuorumException(
                $"Ensemble {ensemble.Name} cannot give a verdict now: {absent.Length} of its {ensemble.Members.Length} members cannot be loaded, and a verdict needs members with more than half of the weight. "
                + $"Check the store and ask again. {string.Join("; ", absent.Select(member => $"{member.Trial[..8]}: {member.Reason}"))}");
        }

        return new(
            ensemble with
            {
                Members = [.. ensemble.Members.Where((_, m) => loaded[m] is not null).Select(member => member with { Weight = member.Weight / weight })],
            },
            [.. loaded.OfType<LoadedMember>()],
            absent);
    }
}
