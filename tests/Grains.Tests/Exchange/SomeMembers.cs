using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Distances;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Grains.Tests.Exchange;

/// <summary>An ensemble with one member for each encoder and distance, with random weights and non-trivial normalisation statistics.</summary>
internal sealed class SomeMembers
{
    public static readonly Hyperparameters[] Kinds =
    [
        .. Encoders.All.Select(Of),
        .. Distance.All.Select(distance => new Hyperparameters { EmbeddingSize = 8, Distance = distance.Name }),
        new() { EmbeddingSize = 8, Normalize = true, Distance = "manhattan" },
        new() { EmbeddingSize = 8, Network = NetworkKind.PseudoSiamese },
        new() { EmbeddingSize = 8, Network = NetworkKind.PseudoSiamese, Normalize = true, Distance = "squared-euclidean" },
        new() { EmbeddingSize = 8, Encoder = "residual", InputSize = 65 },
        new() { EmbeddingSize = 8, Encoder = "residual", InputSize = 20, InputWidth = 49, Colour = Colour.Rgb, Fit = Fit.Ink },
        Of(MlpEncoder.Kind) with { HiddenLayers = 2, Normalize = true },
        new() { EmbeddingSize = 8, Encoder = "strokes", Points = 50, Resample = Resample.Arc },
        new() { EmbeddingSize = 8, Encoder = "strokes", Points = 70, Pooling = Pooling.Every },
        new() { EmbeddingSize = 8, Encoder = "strokes", Points = 71, Context = true },
        new() { EmbeddingSize = 8, Encoder = "strokes", Points = 200, Context = true },
        new() { EmbeddingSize = 8, InputSize = 40, InputWidth = 90, Colour = Colour.Rgb, Fit = Fit.Pad },
    ];

    private readonly Dictionary<string, byte[]> _weights = [];

    private SomeMembers(Hyperparameters[] kinds)
    {
        foreach (var (seed, kind) in kinds.Index())
        {
            var spec = Some.Spec(seed + 1) with { Hyperparameters = kind };
            _weights.Add(spec.Id, Weights(spec));
            Specs.Add(spec);
        }

        Ensemble = new Ensemble
        {
            Name = "mixed",
            Version = 3,
            FormedAt = DateTimeOffset.UnixEpoch,
            Members = [.. Specs.Select((spec, i) => ToMember(spec, 0.5 + i, 1.0 / kinds.Length))],
            Threshold = 0.9,
            PlattA = 4.5,
            PlattB = -4,
            Isotonic = new([0.1f, 0.3f, 1.7f], [0.95, 0.4, 0.05]),
            Recalibration = new(0.8, 0.3, 12, 14, 0.4, 0.3),
            Data = new() { Path = "/somebody/signatures" },
            Validation = Some.Metrics(),
        };
    }

    private static Hyperparameters Of(EncoderKind encoder)
    {
        var usual = new Hyperparameters
        {
            Encoder = encoder.Name,
            InputSize = encoder.DefaultInputSize,
            VectorWidth = encoder.Takes is InputKinds.Vectors ? 24 : null,
            HiddenLayers = encoder.HasHiddenLayers ? 1 : null,
            HiddenSize = encoder.HasHiddenLayers ? 20 : null,
        };
        return usual with { EmbeddingSize = encoder.FixedWidth(usual) ?? 8 };
    }

    public List<TrialSpec> Specs { get; } = [];

    public Ensemble Ensemble { get; }

    public static SomeMembers Of(params Hyperparameters[] kinds) => new(kinds);

    public byte[] Weights(string trial) => _weights[trial];

    /// <summary>A member's encoder, loaded from its file.</summary>
    public FrozenEncoder Load(TrialSpec spec)
    {
        var encoder = Encoders.Create(spec.Hyperparameters);
        ModuleWeights.Load(encoder, _weights[spec.Id]);
        return encoder.Freeze();
    }

    private Member ToMember(TrialSpec spec, double threshold, double weight) => new()
    {
        Trial = spec.Id,
        Spec = spec,
        WeightsBlob = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_weights[spec.Id])),
        Threshold = threshold,
        Weight = weight,
        ValidationEer = 0.1,
    };

    private static byte[] Weights(TrialSpec spec)
    {
        torch.set_num_threads(1);
        using var scope = torch.NewDisposeScope();
        var encoder = Encoders.Create(spec.Hyperparameters);
        var generator = new torch.Generator((ulong)spec.Seed);
        encoder.Initialize(generator);
        using (torch.no_grad())
        {
            encoder.train();
            for (var batch = 0; batch < 3; batch++)
                encoder.forward(Noise(encoder.Input, generator));
            encoder.eval();
        }

        if (encoder.Input is VectorShape vectors)
            encoder.Fit(new ImageSet(vectors, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(Noise(vectors, generator).data<float>().ToArray()).ToArray(), new int[6]));

        return ModuleWeights.Save(encoder, new Dictionary<string, string> { ["trial"] = spec.Id });
    }

    private static torch.Tensor Noise(InputShape shape, torch.Generator generator) => torch.rand(
        shape switch
        {
            StrokeShape strokes => [6, strokes.Points, StrokeShape.Channels],
            VectorShape vectors => [6, vectors.Width],
            _ => [6, ((ImageShape)shape).Channels, ((ImageShape)shape).Height, ((ImageShape)shape).Width],
        },
        generator: generator);
}
