using System.Globalization;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;

namespace Siamese.Model.Ensembles;

/// <summary>Judges a pair from the distances that an ensemble's members measured.</summary>
public static class EnsembleVerdict
{
    /// <param name="ensemble">The ensemble, with the threshold in use, which the members' move with: what all of them say, it says.</param>
    /// <param name="memberDistances">The pair's distance under each member, in their order and in units of each one's own distance.</param>
    /// <param name="terms">How it is to be judged; checked.</param>
    /// <param name="familiarity">How much its images look like training; null where that is not asked.</param>
    /// <exception cref="ArgumentException">Not one distance for each member, or one is not a finite number.</exception>
    public static Judgement Judge(Ensemble ensemble, ReadOnlySpan<float> memberDistances, VerdictTerms terms, Familiarity? familiarity = null)
    {
        var distance = CombinedDistances.Of(ensemble, memberDistances);
        if (!float.IsFinite(distance))
            throw new ArgumentException("A member's distance is not a number, or is infinite.", nameof(memberDistances));

        var votes = new MemberVote[memberDistances.Length];
        for (var m = 0; m < votes.Length; m++)
        {
            var member = ensemble.Members[m];
            var threshold = member.Threshold * ensemble.Threshold;
            votes[m] = new MemberVote(member.Trial, memberDistances[m], threshold, member.Weight, Relate(memberDistances[m], threshold));
        }

        var relation = Relate(distance, ensemble.Threshold);
        var probability = Shift(Probability(ensemble, distance), terms.Prior);
        var disagreement = votes.Where(vote => vote.Vote != relation).Sum(vote => vote.Weight);
        return new Judgement(relation, distance, probability, [.. votes], disagreement, [.. Doubts(probability, disagreement, terms), .. Doubts(familiarity, terms)]);
    }

    /// <summary>The calibrated probability that a pair is *same*, for a prior of one half.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="distance">The combined distance of the pair.</param>
    public static double Probability(Ensemble ensemble, double distance)
    {
        var probability = ensemble.Isotonic?.Probability(distance) ?? new PlattScaling(ensemble.PlattA, ensemble.PlattB).Probability(distance);
        return ensemble.Recalibration?.Correct(probability) ?? probability;
    }

    /// <summary>A probability for a prior of one half, for another prior: Bayes' rule, as the odds are multiplied by the prior's.</summary>
    private static double Shift(double probability, double prior) =>
        probability * prior / ((probability * prior) + ((1 - probability) * (1 - prior)));

    private static IEnumerable<string> Doubts(double probability, double disagreement, VerdictTerms terms)
    {
        if (terms.Unsure is { } unsure && unsure.Low <= probability && probability <= unsure.High)
            yield return string.Create(CultureInfo.InvariantCulture, $"a probability from {100 * unsure.Low:0.##} to {100 * unsure.High:0.##} % is unsure");
        if (disagreement >= terms.Disagreement)
            yield return string.Create(CultureInfo.InvariantCulture, $"members with {100 * disagreement:0.##} % of the weight say otherwise");
    }

    private static IEnumerable<string> Doubts(Familiarity? familiarity, VerdictTerms terms)
    {
        if (familiarity?.First <= terms.Novelty)
            yield return Novel("first", familiarity.First);
        if (familiarity?.Second <= terms.Novelty)
            yield return Novel("second", familiarity.Second);

        static string Novel(string which, double share) => string.Create(
            CultureInfo.InvariantCulture, $"the {which} image looks like nothing in training: {100 * share:0.##} % of validation images are as far from it");
    }

    private static Relation Relate(double distance, double threshold) => distance <= threshold ? Relation.Same : Relation.Different;
}
