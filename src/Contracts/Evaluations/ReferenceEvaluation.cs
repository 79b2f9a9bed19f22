using System.Collections.Immutable;
using Siamese.Contracts.References;
using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Evaluations;

/// <summary>How well an ensemble did on trials of an image and several references of one class.</summary>
[GenerateSerializer, Immutable, Alias("siamese.ReferenceEvaluation")]
public sealed record ReferenceEvaluation
{
    /// <summary>Number of references that the ensemble is calibrated for: as many as requested, or fewer.</summary>
    [Id(0)] public required int CalibratedFor { get; init; }

    [Id(1)] public required ReferenceRule Rule { get; init; }

    /// <summary>Number of trials whose image is of the class.</summary>
    [Id(2)] public required int Same { get; init; }

    /// <summary>Number of the other trials.</summary>
    [Id(3)] public required int Different { get; init; }

    /// <summary>Number of images in the trials.</summary>
    [Id(4)] public required int Images { get; init; }

    /// <summary>Against all references of a trial, at the threshold for several.</summary>
    [Id(5)] public required PairFigures Several { get; init; }

    /// <summary>Against the first reference of each trial, at the ensemble's own threshold.</summary>
    [Id(6)] public required PairFigures One { get; init; }

    /// <summary>The EER against several minus that against one, both on the same draws.</summary>
    [Id(7)] public required Estimate Difference { get; init; }

    /// <summary>Expected calibration error of the probabilities, 0 to 1, in 15 bins of equal mass.</summary>
    [Id(8)] public required Estimate CalibrationError { get; init; }

    /// <summary>The errors against several by increasing threshold.</summary>
    [Id(9)] public required ImmutableArray<CurvePoint> Curve { get; init; }
}
