using Siamese.Contracts.Ensembles;

namespace Siamese.Model.Ensembles;

/// <summary>
/// The distance that an ensemble uses: the weighted mean of its members' distances, each divided by its member's own
/// threshold, so that members with different margins, distances and losses can be averaged. It is rounded to single
/// precision, so that it is the same wherever it is computed.
/// </summary>
public static class CombinedDistances
{
    /// <summary>The combined distances of many pairs.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="memberDistances">The distances of the pairs, one array for each member, in the members' order.</param>
    /// <exception cref="ArgumentException">There is not one array for each member, or the arrays differ in length.</exception>
    public static float[] Of(Ensemble ensemble, IReadOnlyList<float[]> memberDistances) =>
        Of([.. ensemble.Members.Select(member => (member.Weight, member.Threshold))], memberDistances);

    /// <summary>The combined distance of one pair.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="memberDistances">The pair's distance under each member, in the members' order.</param>
    /// <exception cref="ArgumentException">There is not one distance for each member.</exception>
    public static float Of(Ensemble ensemble, ReadOnlySpan<float> memberDistances)
    {
        if (memberDistances.Length != ensemble.Members.Length)
            throw new ArgumentException($"{memberDistances.Length} distances for {ensemble.Members.Length} members.", nameof(memberDistances));

        var sum = 0.0;
        for (var m = 0; m < memberDistances.Length; m++)
            sum += memberDistances[m] * (ensemble.Members[m].Weight / ensemble.Members[m].Threshold);
        return (float)sum;
    }

    internal static float[] Of(IReadOnlyList<(double Weight, double Threshold)> members, IReadOnlyList<float[]> memberDistances)
    {
        if (memberDistances.Count != members.Count)
            throw new ArgumentException($"Distances of {memberDistances.Count} members for {members.Count} members.", nameof(memberDistances));
        if (memberDistances.Any(distances => distances.Length != memberDistances[0].Length))
            throw new ArgumentException("The members' distances are not of the same pairs.", nameof(memberDistances));

        var sums = new double[memberDistances[0].Length];
        for (var m = 0; m < members.Count; m++)
        {
            var scale = members[m].Weight / members[m].Threshold;
            for (var i = 0; i < sums.Length; i++)
                sums[i] += memberDistances[m][i] * scale;
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }
}
