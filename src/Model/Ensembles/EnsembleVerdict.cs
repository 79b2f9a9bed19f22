using System.Globalization;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.References;

namespace Siamese.Model.Ensembles;

/// <summary>Judges a pair from the distances that an ensemble's members measured.</summary>
public static class EnsembleVerdict
{
    /// <param name="ensemble">
    /// The ensemble, with the threshold in use. The members' thresholds scale with it, so that the ensemble agrees whenever all members agree.
    /// </param>
    /// <param name="memberDistances">The pair's distance under each member, in the members' order and in units of the member's own distance.</param>
    /// <param name="terms">How to judge the pair; already validated.</param>
    /// <param name="familiarity">How much its images look like training images; null if that is not needed.</param>
    /// <exception cref="ArgumentException">There is not one distance for each member, or one is not a finite number.</exception>
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

    /// <summary>Judges an image and several references of one class.</summary>
    /// <param name="calibration">For their number.</param>
    /// <param name="distance">By the calibration's rule.</param>
    /// <param name="terms">How to judge it; already validated.</param>
    public static Judgement Judge(ReferenceCalibration calibration, double distance, VerdictTerms terms)
    {
        var probability = Shift(new PlattScaling(calibration.PlattA, calibration.PlattB).Probability(distance), terms.Prior);
        return new Judgement(Relate(distance, calibration.Threshold), distance, probability, [], Disagreement: 0, [.. Doubts(probability, disagreement: 0, terms)]);
    }

    /// <summary>The calibrated probability that a pair is *same*, for a prior of one half.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="distance">The combined distance of the pair.</param>
    public static double Probability(Ensemble ensemble, double distance)
    {
        var probability = ensemble.Isotonic?.Probability(distance) ?? new PlattScaling(ensemble.PlattA, ensemble.PlattB).Probability(distance);
        return ensemble.Recalibration?.Correct(probability) ?? probability;
    }

    /// <summary>Converts a probability from a prior of one half to another prior by Bayes' rule: multiplies the odds by the prior's odds.</summary>
    private static double Shift(double probability, double prior) =>
        probability * prior / ((probability * prior) + ((1 - probability) * (1 - prior)));

    private static IEnumerable<string> Doubts(double probability, double disagreement, VerdictTerms terms)
    {
        if (terms.Unsure is { } unsure && unsure.Low <= probability && probability <= unsure.High)
            yield return string.Create(CultureInfo.InvariantCulture, $"a probability from {100 * unsure.Low:0.##} to {100 * unsure.High:0.##} % is unsure");
        if (disagreement >= terms.Disagreement)
            yield return string.Create(CultureInfo.InvariantCulture, $"members with {100 * disagreement:0.##} % of the weight disagree");
    }

    private static IEnumerable<string> Doubts(Familiarity? familiarity, VerdictTerms terms)
    {
        if (familiarity?.First <= terms.Novelty)
            yield return Novel("first", familiarity.First);
        if (familiarity?.Second <= terms.Novelty)
            yield return Novel("second", familiarity.Second);

        static string Novel(string which, double share) => string.Create(
            CultureInfo.InvariantCulture, $"the {which} image is unlike all training images: {100 * share:0.##} % of validation images are as far from them");
    }

    private static Relation Relate(double distance, double threshold) => distance <= threshold ? Relation.Same : Relation.Different;
}
