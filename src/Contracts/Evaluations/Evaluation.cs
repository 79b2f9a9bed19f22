namespace Siamese.Contracts.Evaluations;

/// <summary>How well an ensemble does on images that the user chose.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Evaluation")]
public sealed record Evaluation
{
    [Id(0)] public required string Ensemble { get; init; }
    [Id(1)] public required int Version { get; init; }

    /// <summary>Number of its members.</summary>
    [Id(2)] public required int Members { get; init; }

    /// <summary>Trial of the member with the lowest *validation* EER.</summary>
    [Id(3)] public required string BestMember { get; init; }

    /// <summary>The request, with the version and the protocol filled in.</summary>
    [Id(4)] public required EvaluationRequest Request { get; init; }

    [Id(5)] public required EvaluatedImages Images { get; init; }

    /// <summary>Null if pairs were not requested.</summary>
    [Id(6)] public PairEvaluation? Pairs { get; init; }

    /// <summary>Null if one-shot trials were not requested.</summary>
    [Id(7)] public OneShotEvaluation? OneShot { get; init; }

    /// <summary>Null if single pairs, or one-shot trials, were requested.</summary>
    [Id(9)] public ReferenceEvaluation? References { get; init; }

    /// <summary>Seconds that it took.</summary>
    [Id(8)] public required double Seconds { get; init; }
}
