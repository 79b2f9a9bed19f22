using System.Collections.Immutable;
using Siamese.Client.Words;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>Named settings; other options override them.</summary>
/// <param name="Space">Its values.</param>
/// <param name="Remarks">What to tell the user before it runs.</param>
internal sealed record Preset(SearchSpace Space, IReadOnlyList<string> Remarks)
{
    /// <summary>The article's settings, including its imbalance.</summary>
    public static readonly Preset Article = new(
        SearchSpace.Of(
            ("encoder", ["article"]),
            ("embedding-size", [2]),
            ("distance", ["euclidean"]),
            ("loss", ["contrastive"]),
            ("margin", [2]),
            ("pairing", [Word.Of(Pairing.Listed)]),
            ("batch-size", [64]),
            ("balance", [0.9]),
            ("learning-rate", [5e-4]),
            ("epochs", [20]),
            ("pairs", [8000]),
            ("schedule", [Word.Of(LearningRateSchedule.Constant)]),
            ("augment", [Word.Of(Augmentation.Off)])),
        [
            "Preset article. From the article: its encoder, embedding size 2, contrastive loss on the euclidean distance, "
                + "8,000 listed pairs, 20 epochs, no augmentation. Not in the article, our choice: margin 2, Adam with a constant "
                + "learning rate of 5e-4, batches of 64 pairs.",
            "Imbalance: about nine in ten random pairs of ten classes are different (balance 0.9), as in the article's list; "
                + "--balances 0.5 evens them out.",
        ]);

    /// <summary>Characters and symbols, drawn or printed.</summary>
    public static readonly Preset Glyphs = Plain(
        PresetName.Glyphs,
        ("fit", [Word.Of(Fit.Pad)]),
        ("augment", [Word.Of(Augmentation.On)]));

    /// <summary>Faces, cut out.</summary>
    public static readonly Preset Faces = Plain(
        PresetName.Faces,
        ("encoder", ["residual"]),
        ("input-size", ["56x48"]),
        ("fit", [Word.Of(Fit.Pad)]),
        ("augment", [Word.Of(Augmentation.Gentle)]),
        ("flip", [Word.Of(Switch.On)]));

    /// <summary>Scanned signatures.</summary>
    public static readonly Preset Signatures = Plain(
        PresetName.Signatures,
        ("input-size", ["48x144"]),
        ("fit", [Word.Of(Fit.Ink)]),
        ("augment", [Word.Of(Augmentation.On)]),
        ("rotation", [5]),
        ("shear", [0.1]));

    /// <summary>Photographs of things.</summary>
    public static readonly Preset Photos = Plain(
        PresetName.Photos,
        ("encoder", ["residual"]),
        ("input-size", [64]),
        ("colour", [Word.Of(Colour.Rgb)]),
        ("fit", [Word.Of(Fit.Pad)]),
        ("augment", [Word.Of(Augmentation.Gentle)]),
        ("flip", [Word.Of(Switch.On)]),
        ("crop", [0.2]),
        ("jitter", [0.2]),
        ("erasing", [0.1]));

    /// <summary>For a search whose options leave nothing to search.</summary>
    public static Preset OfSearch() => new(
        new SearchSpace { Dimensions = [.. SpaceFile.Read(SpaceFile.Default).Dimensions.Select(dimension => dimension with { IsDefault = true })] },
        [$"No option has more than one value, so this sweep searches {SpaceFile.Default}; use --space for another file."]);

    public static Preset Named(PresetName name) => name switch
    {
        PresetName.Article => Article,
        PresetName.Glyphs => Glyphs,
        PresetName.Faces => Faces,
        PresetName.Signatures => Signatures,
        PresetName.Photos => Photos,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>A preset whose remark is the options that it stands for.</summary>
    private static Preset Plain(PresetName name, params (string Hyperparameter, ImmutableArray<HyperparameterValue> Values)[] values) => new(
        SearchSpace.Of(values),
        [$"Preset {Word.Of(name)}: {string.Join(" ", values.Select(value => $"{OptionNames.Of(Hyperparameter.Named(value.Hyperparameter))} {string.Join(',', value.Values)}"))}."]);
}

/// <summary>The available presets.</summary>
internal enum PresetName
{
    /// <summary><see cref="Preset.Article"/>.</summary>
    Article,

    /// <summary><see cref="Preset.Glyphs"/>.</summary>
    Glyphs,

    /// <summary><see cref="Preset.Faces"/>.</summary>
    Faces,

    /// <summary><see cref="Preset.Signatures"/>.</summary>
    Signatures,

    /// <summary><see cref="Preset.Photos"/>.</summary>
    Photos,
}
