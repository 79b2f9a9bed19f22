using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;

namespace Siamese.Web.Verdicts;

/// <summary>Reads how to judge pairs; every operation that judges takes the same terms.</summary>
internal static class Terms
{
    /// <exception cref="BadInputException">A term is out of its range.</exception>
    public static VerdictTerms Of(int? version, double? prior, double[]? unsure, double? disagreement, double? maxFar, double? maxFrr, double? novelty)
    {
        var terms = new VerdictTerms
        {
            Version = version,
            Prior = prior ?? VerdictTerms.Default.Prior,
            Unsure = unsure switch
            {
                null or [] => null,
                [var low, var high] => new Interval(low, high),
                _ => throw new BadInputException("'unsure' needs two probabilities, such as 0.2 and 0.8."),
            },
            Disagreement = disagreement,
            MaximumFar = maxFar,
            MaximumFrr = maxFrr,
            Novelty = novelty,
        };
        terms.Check();
        return terms;
    }
}
