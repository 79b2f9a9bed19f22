using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Training;

/// <summary>Everything that decides how a trial ends. Its hash is the trial's identity, so the same trial is never trained twice.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialSpec")]
public sealed record TrialSpec
{
    [Id(0)] public required Hyperparameters Hyperparameters { get; init; }

    /// <summary>Content hash of the data set and its splits.</summary>
    [Id(1)] public required string DataFingerprint { get; init; }

    /// <summary>Which shard of the training images, from 0.</summary>
    [Id(2)] public required int Shard { get; init; }

    /// <summary>Into how many shards the training images are cut.</summary>
    [Id(3)] public required int Shards { get; init; }

    /// <summary>Seed of everything random in the trial.</summary>
    [Id(4)] public required int Seed { get; init; }

    /// <summary>Content hash of the training code and its packages.</summary>
    [Id(5)] public required string CodeVersion { get; init; }

    /// <summary>The trial's identity: 32 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical)))[..32];

    private string Canonical
    {
        get
        {
            var h = Hyperparameters;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{h.Encoder}|{h.EmbeddingSize}|{h.Distance}|{h.Loss}|{h.Margin:R}|{h.Pairing}|{h.Pairs}|{h.BatchSize}|{h.Balance:R}|{h.LearningRate:R}|{h.Schedule}|{h.Augment}|{h.Epochs}|{DataFingerprint}|{Shard}/{Shards}|{Seed}|{CodeVersion}");
        }
    }
}
