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

    /// <summary>For a search whose options leave nothing to search.</summary>
    public static Preset OfSearch() => new(
        new SearchSpace { Dimensions = [.. SpaceFile.Read(SpaceFile.Default).Dimensions.Select(dimension => dimension with { IsDefault = true })] },
        [$"No option has more than one value, so this sweep searches {SpaceFile.Default}; use --space for another file."]);

    public static Preset Named(PresetName name) => name switch
    {
        PresetName.Article => Article,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}

/// <summary>The available presets.</summary>
internal enum PresetName
{
    /// <summary><see cref="Preset.Article"/>.</summary>
    Article,
}
