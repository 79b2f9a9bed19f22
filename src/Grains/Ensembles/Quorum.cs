using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <summary>The part of an ensemble that can be asked.</summary>
/// <param name="Ensemble">The ensemble with only those members, their weights adding up to 1 again.</param>
/// <param name="Members">Them, loaded, in the same order.</param>
/// <param name="Absent">The others.</param>
internal sealed record Quorum(Ensemble Ensemble, ImmutableArray<LoadedMember> Members, ImmutableArray<AbsentMember> Absent)
{
    /// <summary>
    /// Members with more than half of the weight speak for the ensemble. Threshold and calibration stay: each distance is in
    /// units of its member's own threshold, so the mean of fewer is on the same scale.
    /// </summary>
    /// <param name="ensemble">The whole ensemble.</param>
    /// <param name="loaded">Its members in their order; null where one could not be loaded.</param>
    /// <param name="absent">A word on each that could not.</param>
    /// <exception cref="NoQuorumException">They have half of the weight or less.</exception>
    public static Quorum Of(Ensemble ensemble, IReadOnlyList<LoadedMember?> loaded, ImmutableArray<AbsentMember> absent)
    {
        if (absent.IsEmpty)
            return new(ensemble, [.. loaded!], absent);
        var weight = ensemble.Members.Where((_, m) => loaded[m] is not null).Sum(member => member.Weight);
        var whole = ensemble.Members.Sum(member => member.Weight);
        if (weight <= whole / 2)
        {
            throw new NoQuorumException(
                $"Ensemble {ensemble.Name} gives no verdict now: {absent.Length} of its {ensemble.Members.Length} members cannot be loaded, and a verdict needs members with more than half of the weight. "
                + $"Look after the store and ask again. {string.Join("; ", absent.Select(member => $"{member.Trial[..8]}: {member.Reason}"))}");
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
