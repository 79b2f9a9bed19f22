using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Training;

/// <summary>How a trial ended. Weights and embeddings lie in the blob store; this names them by hash.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialResult")]
public sealed record TrialResult
{
    [Id(0)] public required TrialStatus Status { get; init; }

    /// <summary>Why it failed, is unusable or was cancelled; null where it completed.</summary>
    [Id(1)] public string? Reason { get; init; }

    /// <summary>Metrics on validation pairs; null where training did not get so far.</summary>
    [Id(2)] public PairMetrics? Validation { get; init; }

    /// <summary>One report per finished epoch.</summary>
    [Id(3)] public ImmutableArray<EpochReport> Epochs { get; init; } = [];

    /// <summary>Seconds of training, validation included.</summary>
    [Id(4)] public double Seconds { get; init; }

    /// <summary>*Same* pairs that training went through, an epoch.</summary>
    [Id(5)] public long Positives { get; init; }

    /// <summary>*Different* pairs that training went through, an epoch.</summary>
    [Id(6)] public long Negatives { get; init; }

    /// <summary>Blob of the weights (safetensors); null where there are none worth keeping.</summary>
    [Id(7)] public string? WeightsBlob { get; init; }

    /// <summary>Blob of the validation embeddings (safetensors, one tensor `validation` of shape (N, D)).</summary>
    [Id(8)] public string? EmbeddingsBlob { get; init; }

    /// <summary>Processor and vector width that it was trained on: replay is bit-exact on the same kind only.</summary>
    [Id(9)] public string MachineKind { get; init; } = "";

    /// <summary>The sweep that had it trained; to any other it is reused.</summary>
    [Id(10)] public string Sweep { get; init; } = "";

    /// <summary>What is wrong with its training, also where it is usable all the same.</summary>
    [Id(11)] public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>The epoch whose weights it ended with, or up to which they were averaged; null where training did not get so far.</summary>
    [Id(12)] public int? KeptEpoch { get; init; }
}
