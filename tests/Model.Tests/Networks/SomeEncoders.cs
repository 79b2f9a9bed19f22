using Siamese.Contracts.Tuning;
using Siamese.Model.Networks;

namespace Siamese.Model.Tests.Networks;

/// <summary>Every encoder, and variants of one.</summary>
internal static class SomeEncoders
{
    public static readonly IReadOnlyDictionary<string, Hyperparameters> All = Encoders.All
        .ToDictionary(kind => kind.Name, kind => new Hyperparameters { Encoder = kind.Name, InputSize = kind.DefaultInputSize })
        .Append(new("conv, normalized", new Hyperparameters { Normalize = true }))
        .Append(new("conv, pseudo-siamese", new Hyperparameters { Network = NetworkKind.PseudoSiamese }))
        .Append(new("conv, wide, rgb", new Hyperparameters { InputSize = 24, InputWidth = 72, Colour = Colour.Rgb }))
        .Append(new("residual, wide, rgb", new Hyperparameters { Encoder = "residual", InputSize = 24, InputWidth = 72, Colour = Colour.Rgb }))
        .ToDictionary();

    public static Encoder Create(string name, int embeddingSize) => Encoders.Create(All[name] with { EmbeddingSize = Encoders.Get(All[name].Encoder).FixedWidth ?? embeddingSize });
}
