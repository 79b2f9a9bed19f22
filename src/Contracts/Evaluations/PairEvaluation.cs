using System.Collections.Immutable;
using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Evaluations;

/// <summary>How well an ensemble did on pairs.</summary>
[GenerateSerializer, Immutable, Alias("siamese.PairEvaluation")]
public sealed record PairEvaluation
{
    /// <summary>Number of same pairs.</summary>
    [Id(0)] public required int Same { get; init; }

    /// <summary>Number of different pairs.</summary>
    [Id(1)] public required int Different { get; init; }

    /// <summary>Number of images in the pairs.</summary>
    [Id(2)] public required int Images { get; init; }

    /// <summary>The ensemble, at its own threshold.</summary>
    [Id(3)] public required PairFigures Ensemble { get; init; }

    /// <summary>Expected calibration error of its probabilities, 0 to 1, in 15 bins of equal mass.</summary>
    [Id(4)] public required Estimate CalibrationError { get; init; }

    /// <summary>The best member alone, at its own threshold.</summary>
    [Id(5)] public required PairFigures BestMember { get; init; }

    /// <summary>The ensemble's EER minus the best member's, both on the same draws.</summary>
    [Id(6)] public required Estimate Difference { get; init; }

    /// <summary>The ensemble's errors by increasing threshold, from no pair accepted to all; thinned if there are thousands.</summary>
    [Id(7)] public required ImmutableArray<CurvePoint> Curve { get; init; }

    /// <summary>The uncertainty of the curve, by bootstrap over images, by increasing false accept rate.</summary>
    [Id(8)] public ImmutableArray<CurveBand> Bands { get; init; } = [];

    /// <summary>How well its probabilities hold, by increasing probability.</summary>
    [Id(9)] public ImmutableArray<ReliabilityBin> Reliability { get; init; } = [];
}
