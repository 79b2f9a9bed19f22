using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>Settings under one name; what the user states beside them wins.</summary>
/// <param name="Space">Its values.</param>
/// <param name="Remarks">What to say of it before it runs.</param>
internal sealed record Preset(SearchSpace Space, IReadOnlyList<string> Remarks)
{
    /// <summary>The article's own settings, imbalance and all.</summary>
    public static readonly Preset Article = new(
        SearchSpace.Of(
            ("encoder", ["article"]),
            ("embedding-size", [2]),
            ("distance", ["euclidean"]),
            ("loss", ["contrastive"]),
            ("margin", [2]),
            ("pairing", [Words.Of(Pairing.Listed)]),
            ("batch-size", [64]),
            ("balance", [0.9]),
            ("learning-rate", [5e-4]),
            ("epochs", [20]),
            ("pairs", [8000]),
            ("schedule", [Words.Of(LearningRateSchedule.Constant)]),
            ("augment", [Words.Of(Augmentation.Off)])),
        [
            "Preset article. The article's: its encoder, embedding size 2, contrastive loss on the euclidean distance, "
                + "8,000 listed pairs, 20 epochs, no augmentation. Ours, where it is silent: margin 2, Adam with a constant "
                + "learning rate of 5e-4, batches of 64 pairs.",
            "Imbalance: random pairs of ten classes are about nine in ten different (balance 0.9), as the article's list "
                + "was; --balances 0.5 evens them out.",
        ]);

    /// <summary>For a search of which nothing is stated that could be searched.</summary>
    public static Preset OfSearch() => new(
        SpaceFile.Read(SpaceFile.Default),
        [$"Nothing is stated that has more than one value, so this is a search of {SpaceFile.Default}; --space takes another file."]);

    public static Preset Named(PresetName name) => name switch
    {
        PresetName.Article => Article,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
