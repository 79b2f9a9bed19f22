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
        .ToDictionary();

    public static Encoder Create(string name, int embeddingSize) => Encoders.Create(All[name] with { EmbeddingSize = embeddingSize });
}
