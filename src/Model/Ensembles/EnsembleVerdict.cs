using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;

namespace Siamese.Model.Ensembles;

/// <summary>Judges a pair from the distances that an ensemble's members measured.</summary>
public static class EnsembleVerdict
{
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="memberDistances">The pair's distance under each member, in their order and in units of each one's own distance.</param>
    /// <exception cref="ArgumentException">Not one distance for each member, or one is not a finite number.</exception>
    public static Judgement Judge(Ensemble ensemble, ReadOnlySpan<float> memberDistances)
    {
        var distance = CombinedDistances.Of(ensemble, memberDistances);
        if (!float.IsFinite(distance))
            throw new ArgumentException("A member's distance is not a number, or is infinite.", nameof(memberDistances));

        var votes = new MemberVote[memberDistances.Length];
        for (var m = 0; m < votes.Length; m++)
        {
            var member = ensemble.Members[m];
            votes[m] = new MemberVote(
                member.Trial, memberDistances[m], member.Threshold, member.Weight, Relate(memberDistances[m], member.Threshold));
        }

        var probability = new PlattScaling(ensemble.PlattA, ensemble.PlattB).Probability(distance);
        return new Judgement(Relate(distance, ensemble.Threshold), distance, probability, [.. votes]);
    }

    private static Relation Relate(double distance, double threshold) => distance <= threshold ? Relation.Same : Relation.Different;
}
