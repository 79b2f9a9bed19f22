using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Networks;

namespace Siamese.Model.Tests.Networks;

/// <summary>Every encoder, and variants of one.</summary>
internal static class SomeEncoders
{
    public static readonly IReadOnlyDictionary<string, Hyperparameters> All = Encoders.All
        .ToDictionary(kind => kind.Name, kind => Of(kind))
        .Append(new("conv, normalized", new Hyperparameters { Normalize = true }))
        .Append(new("conv, pseudo-siamese", new Hyperparameters { Network = NetworkKind.PseudoSiamese }))
        .Append(new("conv, wide, rgb", new Hyperparameters { InputSize = 24, InputWidth = 72, Colour = Colour.Rgb }))
        .Append(new("residual, wide, rgb", new Hyperparameters { Encoder = "residual", InputSize = 24, InputWidth = 72, Colour = Colour.Rgb }))
        .Append(new("mlp, two hidden layers", Of(MlpEncoder.Kind) with { HiddenLayers = 2, HiddenSize = 20 }))
        .Append(new("linear, pseudo-siamese", Of(LinearEncoder.Kind) with { Network = NetworkKind.PseudoSiamese }))
        .ToDictionary();

    /// <summary>A trial of an encoder with an input of its usual size.</summary>
    public static Hyperparameters Of(EncoderKind kind) => new()
    {
        Encoder = kind.Name,
        InputSize = kind.DefaultInputSize,
        VectorWidth = kind.Takes is InputKinds.Vectors ? VectorWidth : null,
        HiddenLayers = kind.HasHiddenLayers ? 1 : null,
        HiddenSize = kind.HasHiddenLayers ? 32 : null,
    };

    /// <summary>Numbers in a vector.</summary>
    public const int VectorWidth = 64;

    public static Encoder Create(string name, int embeddingSize) => Encoders.Create(All[name] with { EmbeddingSize = Encoders.Get(All[name].Encoder).FixedWidth(All[name]) ?? embeddingSize });
}
