using System.Collections.Immutable;
using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Trials;

/// <summary>How a trial ended. Weights and embeddings are in the blob store; this names them by hash.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialResult")]
public sealed record TrialResult
{
    [Id(0)] public required TrialStatus Status { get; init; }

    /// <summary>Why it failed, is unusable, was cancelled or ended early; null if it was trained to its end.</summary>
    [Id(1)] public string? Reason { get; init; }

    /// <summary>Metrics on validation pairs; null if training did not get that far.</summary>
    [Id(2)] public PairMetrics? Validation { get; init; }

    /// <summary>One report per finished epoch.</summary>
    [Id(3)] public ImmutableArray<EpochReport> Epochs { get; init; } = [];

    /// <summary>Seconds of training, validation included.</summary>
    [Id(4)] public double Seconds { get; init; }

    /// <summary>Number of *same* pairs in an epoch of training.</summary>
    [Id(5)] public long Positives { get; init; }

    /// <summary>Number of *different* pairs in an epoch of training.</summary>
    [Id(6)] public long Negatives { get; init; }

    /// <summary>Blob of the weights (safetensors); null if there are none worth keeping.</summary>
    [Id(7)] public string? WeightsBlob { get; init; }

    /// <summary>Blob of the validation embeddings (safetensors, one tensor `validation` of shape (N, D)).</summary>
    [Id(8)] public string? EmbeddingsBlob { get; init; }

    /// <summary>Processor and vector width that it was trained on: replay is bit-exact only on the same kind.</summary>
    [Id(9)] public string MachineKind { get; init; } = "";

    /// <summary>The sweep that trained it; any other sweep reuses it.</summary>
    [Id(10)] public string Sweep { get; init; } = "";

    /// <summary>Problems with its training, even if it is usable.</summary>
    [Id(11)] public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>The epoch whose weights it ended with, or up to which they were averaged; null if training did not get that far.</summary>
    [Id(12)] public int? KeptEpoch { get; init; }

    /// <summary>The epoch after which the user finished it early (see <see cref="TrialSpec.EndsAfter"/>); null if it was trained to its end.</summary>
    [Id(13)] public int? EndsAfter { get; init; }
}
