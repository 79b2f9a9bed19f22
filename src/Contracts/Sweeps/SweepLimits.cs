namespace Siamese.Contracts.Sweeps;

/// <summary>How much one sweep may ask for.</summary>
public static class SweepLimits
{
    /// <summary>Maximum number of trials, points times shards times seeds: more than anyone trains, yet few enough to enumerate in seconds.</summary>
    public const int Trials = 200_000;

    /// <summary>Maximum number of values of one hyperparameter.</summary>
    public const int Values = 10_000;

    /// <summary>The range of a number of trials in words.</summary>
    public static readonly string Range = FormattableString.Invariant($"from 1 to {Trials}");

    public static bool Allow(int trials) => trials is >= 1 and <= Trials;

    /// <summary>Checks a number of trials. Only for new requests: a sweep that an earlier build accepted continues.</summary>
    /// <exception cref="BadInputException">There are more than <see cref="Trials"/>.</exception>
    public static void Check(int points, int shards, int seeds)
    {
        // As a double, because three large numbers can overflow even a long.
        var trials = (double)points * shards * seeds;
        BadInputException.ThrowUnless(trials <= Trials, $"The sweep would have {trials:#,0} trials (points × shards × seeds), more than the maximum of {Trials:#,0}; use fewer of one of them.");
    }
}
