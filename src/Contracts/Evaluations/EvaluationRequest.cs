using Siamese.Contracts.Data;

namespace Siamese.Contracts.Evaluations;

/// <summary>An ensemble, images, and what is to be measured. The same request on the same images gives the same figures.</summary>
[GenerateSerializer, Immutable, Alias("siamese.EvaluationRequest")]
public sealed record EvaluationRequest
{
    /// <summary>Most pairs of a kind, and most pairs of images that one-shot trials compare.</summary>
    public const int MaximumPairs = 1_000_000;

    [Id(0)] public required string Ensemble { get; init; }

    /// <summary>The version of the ensemble; null is the newest.</summary>
    [Id(1)] public int? Version { get; init; }

    /// <summary>The images; null are those that the ensemble was trained on, of which the test images are taken.</summary>
    [Id(2)] public DataSource? Data { get; init; }

    /// <summary>How the data is split, where the user said so; null leaves it to the data.</summary>
    [Id(3)] public SplitBy? SplitBy { get; init; }

    /// <summary>Which images; null are the test images where the data has such, else all.</summary>
    [Id(4)] public ImageChoice? Images { get; init; }

    /// <summary>What it is put to; null is <see cref="EvaluationProtocol.Csv"/> where the data is a CSV of pairs, else <see cref="EvaluationProtocol.Pairs"/>.</summary>
    [Id(5)] public EvaluationProtocol? Protocol { get; init; }

    /// <summary>Where different pairs come from, of <see cref="EvaluationProtocol.Pairs"/>.</summary>
    [Id(6)] public Negatives Negatives { get; init; }

    /// <summary>Pairs of each kind that are drawn, or all where there are fewer; 10,000 unless stated.</summary>
    [Id(7)] public int Pairs { get; init; } = 10_000;

    /// <summary>Classes to choose from in a one-shot trial; 20 unless stated.</summary>
    [Id(8)] public int Ways { get; init; } = 20;

    /// <summary>One-shot trials; 400 unless stated.</summary>
    [Id(9)] public int Trials { get; init; } = 400;

    /// <summary>Of everything that is drawn.</summary>
    [Id(10)] public int Seed { get; init; } = 1;

    /// <exception cref="BadInputException">A number is out of its range.</exception>
    public void Check()
    {
        Require(Version is null or >= 1, $"There is no version {Version} of an ensemble; versions begin with 1.");
        Require(Pairs is >= 1 and <= MaximumPairs, $"{Pairs} pairs of each kind are not from 1 to {MaximumPairs}.");
        Require(Ways >= 2, $"A choice among {Ways} classes is none; give 2 or more.");
        Require(Trials >= 1, $"{Trials} trials tell nothing; give 1 or more.");
        Require(Protocol is not EvaluationProtocol.OneShot || (long)Ways * Trials <= MaximumPairs, $"{Trials} trials of {Ways} ways compare {(long)Ways * Trials} pairs of images, more than {MaximumPairs}; give fewer.");
    }

    private static void Require(bool condition, FormattableString otherwise)
    {
        if (!condition)
            throw new BadInputException(FormattableString.Invariant(otherwise));
    }
}
