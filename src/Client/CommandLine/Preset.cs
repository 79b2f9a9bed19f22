using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>Settings under one name; what the user states beside them wins.</summary>
/// <param name="Space">One value for each hyperparameter.</param>
/// <param name="Remarks">What to say of it before it runs.</param>
internal sealed record Preset(SearchSpace Space, IReadOnlyList<string> Remarks)
{
    /// <summary>The article's own settings, imbalance and all.</summary>
    public static readonly Preset Article = new(
        new SearchSpace
        {
            Encoders = ["article"],
            EmbeddingSizes = [2],
            Distances = ["euclidean"],
            Losses = ["contrastive"],
            Margins = [2],
            Pairings = [Pairing.Listed],
            BatchSizes = [64],
            Balances = [0.9],
            LearningRates = [5e-4],
            Epochs = 20,
            Pairs = 8000,
            Schedule = LearningRateSchedule.Constant,
            Augment = false,
        },
        [
            "Preset article. The article's: its encoder, embedding size 2, contrastive loss on the euclidean distance, "
                + "8,000 listed pairs, 20 epochs, no augmentation. Ours, where it is silent: margin 2, Adam with a constant "
                + "learning rate of 5e-4, batches of 64 pairs.",
            "Imbalance: random pairs of ten classes are about nine in ten different (balance 0.9), as the article's list "
                + "was; --balances 0.5 evens them out.",
        ]);

    public static Preset Named(PresetName name) => name switch
    {
        PresetName.Article => Article,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>This preset's space with everything that <paramref name="stated"/> holds in its place.</summary>
    public SearchSpace With(SearchSpace stated) => new()
    {
        Encoders = stated.Encoders.IsEmpty ? Space.Encoders : stated.Encoders,
        EmbeddingSizes = stated.EmbeddingSizes.IsEmpty ? Space.EmbeddingSizes : stated.EmbeddingSizes,
        Distances = stated.Distances.IsEmpty ? Space.Distances : stated.Distances,
        Losses = stated.Losses.IsEmpty ? Space.Losses : stated.Losses,
        Margins = stated.Margins.IsEmpty ? Space.Margins : stated.Margins,
        Pairings = stated.Pairings.IsEmpty ? Space.Pairings : stated.Pairings,
        BatchSizes = stated.BatchSizes.IsEmpty ? Space.BatchSizes : stated.BatchSizes,
        Balances = stated.Balances.IsEmpty ? Space.Balances : stated.Balances,
        LearningRates = stated.LearningRates.IsEmpty ? Space.LearningRates : stated.LearningRates,
        Epochs = stated.Epochs ?? Space.Epochs,
        Pairs = stated.Pairs ?? Space.Pairs,
        Schedule = stated.Schedule ?? Space.Schedule,
        Augment = stated.Augment ?? Space.Augment,
    };
}
