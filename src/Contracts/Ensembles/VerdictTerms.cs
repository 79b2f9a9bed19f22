using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Ensembles;

/// <summary>How to judge pairs.</summary>
[GenerateSerializer, Immutable, Alias("siamese.VerdictTerms")]
public sealed record VerdictTerms
{
    /// <summary>With the newest version, for a prior of one half, and never unsure.</summary>
    public static VerdictTerms Default { get; } = new();

    /// <summary>The version of the ensemble; null means the newest.</summary>
    [Id(0)] public int? Version { get; init; }

    /// <summary>The probability of *same* before the images are seen, above 0 and below 1. It shifts the probability, not the threshold.</summary>
    [Id(1)] public double Prior { get; init; } = 0.5;

    /// <summary>Probabilities in this range, including its ends, are *unsure*; null means none are.</summary>
    [Id(2)] public Interval? Unsure { get; init; }

    /// <summary>The verdict is *unsure* if members with at least this share of the weight disagree; above 0 and up to one half; null means never.</summary>
    [Id(3)] public double? Disagreement { get; init; }

    /// <summary>Use the largest threshold at which at most this share of different validation pairs is called same; null uses the ensemble's.</summary>
    [Id(4)] public double? MaximumFar { get; init; }

    /// <summary>Use the smallest threshold at which at most this share of same validation pairs is called different. Not with <see cref="MaximumFar"/>.</summary>
    [Id(5)] public double? MaximumFrr { get; init; }

    /// <summary>
    /// A verdict is *unsure* if one of its images is farther from the nearest training image than all but this share of
    /// validation images; above 0 and below 1; null skips the check.
    /// </summary>
    [Id(6)] public double? Novelty { get; init; }

    /// <exception cref="BadInputException">A value is out of its range. The message names it in quotes, such as `'prior'`.</exception>
    public void Check()
    {
        BadInputException.ThrowUnless(Version is null or >= 1, $"There is no version {Version} of an ensemble; versions begin with 1.");
        BadInputException.ThrowUnless(Prior is > 0 and < 1, $"'prior': {Prior} is not above 0 and below 1.");
        BadInputException.ThrowUnless(Unsure is null or { Low: >= 0, High: <= 1 } && !(Unsure?.Low > Unsure?.High), $"'unsure': {Unsure?.Low}..{Unsure?.High} is not two probabilities, such as 0.2..0.8, the smaller first.");
        BadInputException.ThrowUnless(Disagreement is null or (> 0 and <= 0.5), $"'disagreement': {Disagreement} is not above 0 and up to 0.5.");
        BadInputException.ThrowUnless(MaximumFar is null or (> 0 and < 1), $"'max-far': {MaximumFar} is not between 0 and 1; 0.1 % is 0.001.");
        BadInputException.ThrowUnless(MaximumFrr is null or (> 0 and < 1), $"'max-frr': {MaximumFrr} is not between 0 and 1; 0.1 % is 0.001.");
        BadInputException.ThrowUnless(Novelty is null or (> 0 and < 1), $"'novelty': {Novelty} is not above 0 and below 1.");
        BadInputException.ThrowUnless(MaximumFar is null || MaximumFrr is null, $"'max-far' and 'max-frr': a threshold can satisfy only one of them; leave one out.");
    }
}
