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

    /// <summary>Bromley, Guyon, LeCun, Säckinger, Shah, NIPS 1993: signatures as pen strokes.</summary>
    public static readonly Preset Bromley = OfPaper(
        PresetName.Bromley,
        "Bromley et al., NIPS 1993",
        "From the paper: its first network and eight features at 200 points, the cosine with targets of 1 and -1, 7,701 pairs of which half are genuine, 40 % forgeries and 10 % other people's; it accepts a signature by a normal distribution of six references (`verdict --references`, `evaluate --references 6`). "
            + "Not in the paper, our choice: the hyperbolic tangent, Adam, the learning rate and the epochs.",
        ("encoder", ["tdnn"]),
        ("loss", ["cosine-targets"]),
        ("pairing", [Word.Of(Pairing.Listed)]),
        ("pairs", [7701]),
        ("balance", [0.5]),
        ("forged-share", [0.8]),
        ("augment", [Word.Of(Augmentation.Off)]));

    /// <summary>Chopra, Hadsell, LeCun, CVPR 2005: faces.</summary>
    public static readonly Preset Chopra = OfPaper(
        PresetName.Chopra,
        "Chopra, Hadsell, LeCun, CVPR 2005",
        "From the paper: its network for 56x46 faces with 50 outputs, and the exponential loss of the Manhattan distance; it verifies against a person's mean and covariance (`evaluate --references` tries a normal distribution without covariances). "
            + "Not in the paper, our choice: Q, full connections between the maps, the list of pairs, Adam, the learning rate and the epochs.",
        ("encoder", ["chopra"]),
        ("embedding-size", [50]),
        ("loss", ["exponential"]),
        ("distance", ["manhattan"]),
        ("pairing", [Word.Of(Pairing.Listed)]),
        ("balance", [0.5]),
        ("augment", [Word.Of(Augmentation.Off)]));

    /// <summary>Hadsell, Chopra, LeCun, CVPR 2006: digits in the plane, without labels.</summary>
    public static readonly Preset Hadsell = OfPaper(
        PresetName.Hadsell,
        "Hadsell, Chopra, LeCun, CVPR 2006",
        "From the paper: its network for 32x32 digits with 2 outputs, the contrastive loss (without its factors of one half), five nearest neighbours as same, without labels; --shifted-copies on is its second experiment. "
            + "Not in the paper, our choice: the margin of 2, batches of 240 images with their neighbours in which every pair counts, 3 % of the weight for different pairs, Adam, the learning rate, 200 steps an epoch and the epochs.",
        ("encoder", ["drlim"]),
        ("embedding-size", [2]),
        ("loss", ["contrastive"]),
        ("distance", ["euclidean"]),
        ("pairing", [Word.Of(Pairing.Neighbours)]),
        ("batch-size", [240]),
        ("steps", [200]),
        ("balance", [0.03]),
        ("learning-rate", [0.005]),
        ("neighbours", [5]),
        ("augment", [Word.Of(Augmentation.Off)]));

    /// <summary>Hoffer and Ailon, SIMBAD 2015: the triplet network.</summary>
    public static readonly Preset Hoffer = OfPaper(
        PresetName.Hoffer,
        "Hoffer and Ailon, SIMBAD 2015",
        "From the paper: the softmax of the two distances of a triplet, triplets drawn at random, and no augmentation; it measures a linear classifier on the embedding, which this program does not. "
            + "Not in the paper, our choice: the encoder conv instead of its four convolutions, Adam, the learning rate and the epochs.",
        ("loss", ["softmax-ratio"]),
        ("distance", ["euclidean"]),
        ("pairing", [Word.Of(Pairing.Listed)]),
        ("pairs", [60000]),
        ("augment", [Word.Of(Augmentation.Off)]));

    /// <summary>Koch, Zemel, Salakhutdinov, ICML 2015 workshop: one-shot recognition of Omniglot.</summary>
    public static readonly Preset Koch = OfPaper(
        PresetName.Koch,
        "Koch, Zemel, Salakhutdinov, ICML 2015 workshop",
        "From the paper: its network for 105x105 images with 4,096 outputs, weighted component by component, the cross-entropy of the probability of same, 150,000 pairs, and affine changes (eight copies of each pair there, a new one in every epoch here); measure with `evaluate --protocol one-shot --ways 20`. "
            + "Not in the paper, our choice: batch normalisation, Adam, the learning rate and 20 epochs. An epoch takes hours of a core; --pairs 8000 makes it shorter.",
        ("encoder", ["koch"]),
        ("embedding-size", [4096]),
        ("loss", ["cross-entropy"]),
        ("distance", ["manhattan"]),
        ("pairing", [Word.Of(Pairing.Listed)]),
        ("pairs", [150000]),
        ("batch-size", [128]),
        ("balance", [0.5]),
        ("rotation", [10]),
        ("scaling", [0.2]),
        ("shear", [0.3]),
        ("shift", [0.02]));

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
        ("shear", [0.1]),
        ("elastic", [0.01]));

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
        PresetName.Bromley => Bromley,
        PresetName.Chopra => Chopra,
        PresetName.Hadsell => Hadsell,
        PresetName.Hoffer => Hoffer,
        PresetName.Koch => Koch,
        PresetName.Glyphs => Glyphs,
        PresetName.Faces => Faces,
        PresetName.Signatures => Signatures,
        PresetName.Photos => Photos,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>The settings of a paper, and what is not in it.</summary>
    private static Preset OfPaper(PresetName name, string paper, string remark, params (string Hyperparameter, ImmutableArray<HyperparameterValue> Values)[] values)
    {
        var plain = Plain(name, values);
        return plain with { Remarks = [.. plain.Remarks, $"{paper}. {remark}"] };
    }

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

    /// <summary><see cref="Preset.Bromley"/>.</summary>
    Bromley,

    /// <summary><see cref="Preset.Chopra"/>.</summary>
    Chopra,

    /// <summary><see cref="Preset.Hadsell"/>.</summary>
    Hadsell,

    /// <summary><see cref="Preset.Hoffer"/>.</summary>
    Hoffer,

    /// <summary><see cref="Preset.Koch"/>.</summary>
    Koch,

    /// <summary><see cref="Preset.Glyphs"/>.</summary>
    Glyphs,

    /// <summary><see cref="Preset.Faces"/>.</summary>
    Faces,

    /// <summary><see cref="Preset.Signatures"/>.</summary>
    Signatures,

    /// <summary><see cref="Preset.Photos"/>.</summary>
    Photos,
}
