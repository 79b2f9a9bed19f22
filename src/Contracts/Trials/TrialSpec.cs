using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Trials;

/// <summary>Everything that decides how a trial ends. Its hash is the trial's identity, so the same trial is never trained twice.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialSpec")]
public sealed record TrialSpec
{
    private static readonly HashSet<string> _first =
        ["encoder", "embedding-size", "distance", "loss", "margin", "pairing", "pairs", "batch-size", "balance", "learning-rate", "schedule", "augment", "epochs"];

    private static readonly Hyperparameter[] _later = [.. Hyperparameter.All.Where(h => !_first.Contains(h.Name))];
    private static readonly Hyperparameters _default = new();

    [Id(0)] public required Hyperparameters Hyperparameters { get; init; }

    /// <summary>Content hash of the data set and its splits.</summary>
    [Id(1)] public required string DataFingerprint { get; init; }

    /// <summary>Which shard of the training images, from 0.</summary>
    [Id(2)] public required int Shard { get; init; }

    /// <summary>Number of shards that the training images are split into.</summary>
    [Id(3)] public required int Shards { get; init; }

    /// <summary>Seed of everything random in the trial.</summary>
    [Id(4)] public required int Seed { get; init; }

    /// <summary>Content hash of the training code and its packages.</summary>
    [Id(5)] public required string CodeVersion { get; init; }

    /// <summary>The epoch after which the user finished it early, counted from 1; null if it was not finished early.</summary>
    [Id(6)] public int? EndsAfter { get; init; }

    /// <summary>The trial's identity: 32 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical)))[..32];

    /// <summary>Whether earlier builds did not state the value because there was no other.</summary>
    private static bool IsImplied(Hyperparameter hyperparameter, Hyperparameters point) => hyperparameter.Name switch
    {
        "input-size" => point is { Encoder: "conv", InputSize: 28, InputWidth: null },
        "forged-share" => point.ForgedShare is 0,
        "context" => point.Context is false,
        "pooling" => point.Pooling is Pooling.Last,
        "stroke-order" => point.StrokeOrder is 0,
        BackboneName.Hyperparameter => point.Backbone is BackboneName.None,
        _ => false,
    };

    /// <summary>
    /// The hyperparameters of the first builds come first, in their original form. Later ones are added only if they differ
    /// from the default, so that trials trained earlier keep their ids.
    /// </summary>
    private string Canonical
    {
        get
        {
            var h = Hyperparameters;
            var later = _later.Where(l => l.Get(h) is { } value && value != l.Get(_default) && !IsImplied(l, h)).Select(l => $"|{l.Name}={l.Get(h)}");
            var end = EndsAfter is { } epoch ? string.Create(CultureInfo.InvariantCulture, $"|ends-after={epoch}") : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{h.Encoder}|{h.EmbeddingSize}|{h.Distance}|{h.Loss}|{h.Margin:R}|{h.Pairing}|{h.Pairs}|{h.BatchSize}|{h.Balance:R}|{h.LearningRate:R}|{h.Schedule}|{h.Augment}|{h.Epochs}|{DataFingerprint}|{Shard}/{Shards}|{Seed}|{CodeVersion}{string.Concat(later)}{end}");
        }
    }
}
