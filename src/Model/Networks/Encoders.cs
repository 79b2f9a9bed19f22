using Siamese.Model.Data;

namespace Siamese.Model.Networks;

/// <summary>Every encoder by name. A new one is one file and one line here.</summary>
public static class Encoders
{
    public static IReadOnlyList<EncoderKind> All { get; } =
    [
        new("conv", InputShape.Digits, ImagesPerSecond: 4500, size => new ConvEncoder(size)),
        new("article", InputShape.Digits, ImagesPerSecond: 9000, size => new ArticleEncoder(size)),
    ];

    /// <summary>The encoder of that name, or null.</summary>
    public static EncoderKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The encoder of that name, for a name that was checked before.</summary>
    public static EncoderKind Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no encoder '{name}'.", nameof(name));
}
