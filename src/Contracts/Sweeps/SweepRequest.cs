using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Sweeps;

/// <summary>What a user submits: the search space times shards times seeds, on one data set.</summary>
[GenerateSerializer, Immutable, Alias("siamese.SweepRequest")]
public sealed record SweepRequest
{
    [Id(0)] public required SearchSpace Space { get; init; }

    [Id(1)] public DataSource Data { get; init; } = DataSource.MnistMini;

    /// <summary>Number of disjoint, class-balanced shards that the training images are split into; every point is trained on each.</summary>
    [Id(2)] public int Shards { get; init; } = 1;

    /// <summary>Seeds that every point is trained with.</summary>
    [Id(3)] public ImmutableArray<int> Seeds { get; init; } = [1];

    /// <summary>Maximum number of trials of this sweep to run at once; null means as many as there are free slots.</summary>
    [Id(4)] public int? Slots { get; init; }

    /// <summary>Whether training starts as soon as the data is read, without waiting for <see cref="ISweepGrain.Start"/>.</summary>
    [Id(5)] public bool StartWhenPrepared { get; init; } = true;

    /// <summary>Number of times that a failed trial is retried, from its last checkpoint.</summary>
    [Id(6)] public int Retries { get; init; } = 2;

    /// <summary>How points are chosen.</summary>
    [Id(7)] public SearchKind Search { get; init; }

    /// <summary>Number of points; null with <see cref="SearchKind.Grid"/>, which has one point per combination.</summary>
    [Id(8)] public int? Points { get; init; }

    /// <summary>Seed of the choice of points.</summary>
    [Id(9)] public int SearchSeed { get; init; } = 1;

    /// <summary>How trials that fall behind are paused.</summary>
    [Id(10)] public PruneKind Prune { get; init; }

    /// <summary>When the sweep stops before all of its trials are trained.</summary>
    [Id(11)] public StopRule Stop { get; init; } = new();

    /// <summary>Maximum number of members of its ensemble.</summary>
    [Id(12)] public int Members { get; init; } = DefaultMembers;

    /// <summary>Default maximum number of members: more gain little, and each one costs time in every verdict.</summary>
    public const int DefaultMembers = 10;

    /// <summary>Checks everything but the search space, which depends on what the silos can train. Called by the client before it submits, and by the sweep.</summary>
    /// <exception cref="BadInputException">A setting is out of range. The message names it in quotes, such as `'shards'`.</exception>
    public void Check()
    {
        Data.Check();
        BadInputException.ThrowUnless(Shards >= 1, $"'shards': {Shards} is not 1 or above.");
        BadInputException.ThrowUnless(!Seeds.IsDefaultOrEmpty, $"'seeds': a sweep needs at least one seed.");
        foreach (var (seed, times) in Seeds.CountBy(seed => seed))
        {
            BadInputException.ThrowUnless(seed >= 0, $"'seeds': {seed} is not 0 or above.");
            BadInputException.ThrowUnless(times == 1, $"'seeds': {seed} is listed twice.");
        }

        BadInputException.ThrowUnless(Retries >= 0, $"'retries': {Retries} is not 0 or above.");
        BadInputException.ThrowUnless(Members >= 1, $"'members': {Members} is not 1 or above.");
        BadInputException.ThrowUnless(Points is null or >= 1, $"'trials': {Points} is not 1 or above.");
        SweepLimits.Check(Points ?? 1, Shards, Seeds.Length);
        foreach (var dimension in Space.Dimensions)
        {
            BadInputException.ThrowUnless(
                dimension.Values.Length <= SweepLimits.Values, $"'{dimension.Hyperparameter}': {dimension.Values.Length:#,0} values are more than the maximum of {SweepLimits.Values:#,0}.");
        }

        BadInputException.ThrowUnless(Stop.Eer is null or (> 0 and < 1), $"'until-eer': {Stop.Eer} is not between 0 and 1; 1.5 % is 0.015.");
        BadInputException.ThrowUnless(!(Stop.After <= TimeSpan.Zero), $"'for': {Stop.After?.TotalSeconds} s is not above 0.");
        BadInputException.ThrowUnless(Slots is null or >= 1, $"'slots': {Slots} is not 1 or above.");
    }
}
