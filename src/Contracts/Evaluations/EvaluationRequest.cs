using Siamese.Contracts.Data;

namespace Siamese.Contracts.Evaluations;

/// <summary>An ensemble, images, and what to measure. The same request on the same images gives the same figures.</summary>
[GenerateSerializer, Immutable, Alias("siamese.EvaluationRequest")]
public sealed record EvaluationRequest
{
    /// <summary>Maximum number of pairs of each kind, and of pairs of images that one-shot trials compare.</summary>
    public const int MaximumPairs = 1_000_000;

    [Id(0)] public required string Ensemble { get; init; }

    /// <summary>The version of the ensemble; null means the newest.</summary>
    [Id(1)] public int? Version { get; init; }

    /// <summary>The images; null means the test images of the data that the ensemble was trained on.</summary>
    [Id(2)] public DataSource? Data { get; init; }

    /// <summary>How the data is split, if the user chose; null leaves it to the data.</summary>
    [Id(3)] public SplitBy? SplitBy { get; init; }

    /// <summary>Which images; null means the test images if the data has any, else all.</summary>
    [Id(4)] public ImageChoice? Images { get; init; }

    /// <summary>The task; null means <see cref="EvaluationProtocol.Csv"/> if the data is a CSV of pairs, else <see cref="EvaluationProtocol.Pairs"/>.</summary>
    [Id(5)] public EvaluationProtocol? Protocol { get; init; }

    /// <summary>Where different pairs come from, for <see cref="EvaluationProtocol.Pairs"/>.</summary>
    [Id(6)] public Negatives Negatives { get; init; }

    /// <summary>Number of pairs of each kind to draw, or all if there are fewer. Default: 10,000.</summary>
    [Id(7)] public int Pairs { get; init; } = 10_000;

    /// <summary>Number of classes to choose from in a one-shot trial. Default: 20.</summary>
    [Id(8)] public int Ways { get; init; } = 20;

    /// <summary>Number of one-shot trials. Default: 400.</summary>
    [Id(9)] public int Trials { get; init; } = 400;

    /// <summary>Seed of everything that is drawn.</summary>
    [Id(10)] public int Seed { get; init; } = 1;

    /// <summary>Compare each image with this many references of a class at once; 0 compares single pairs.</summary>
    [Id(11)] public int References { get; init; }

    /// <exception cref="BadInputException">A number is out of its range. The message names it in quotes, such as `'ways'`.</exception>
    public void Check()
    {
        Data?.Check();
        BadInputException.ThrowUnless(!string.IsNullOrWhiteSpace(Ensemble), $"The name of an ensemble is missing; give one.");
        BadInputException.ThrowUnless(Version is null or >= 1, $"There is no version {Version} of an ensemble; versions begin with 1.");
        BadInputException.ThrowUnless(Pairs is >= 1 and <= MaximumPairs, $"'pairs': {Pairs} is not from 1 to {MaximumPairs}.");
        BadInputException.ThrowUnless(References is 0 or >= 2, $"'references': {References} is not 2 or above.");
        BadInputException.ThrowUnless(References == 0 || Protocol is null or EvaluationProtocol.Pairs, $"'references' is only valid with 'protocol' pairs; leave it out.");
        BadInputException.ThrowUnless(References == 0 || Negatives is Negatives.Any, $"'negatives' does not apply to 'references'; leave one of them out.");
        BadInputException.ThrowUnless(Ways >= 2, $"'ways': {Ways} is not 2 or above.");
        BadInputException.ThrowUnless(Trials >= 1, $"'trials': {Trials} is not 1 or above.");
        BadInputException.ThrowUnless(Protocol is not EvaluationProtocol.OneShot || (long)Ways * Trials <= MaximumPairs, $"{Trials} trials of {Ways} ways compare {(long)Ways * Trials} pairs of images, more than {MaximumPairs}; give fewer.");
    }
}
