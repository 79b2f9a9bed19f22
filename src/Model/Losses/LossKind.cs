using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Miners;

namespace Siamese.Model.Losses;

/// <summary>A loss that you can choose by name, and its settings.</summary>
/// <param name="Name">The name that users and trials use.</param>
/// <param name="Form">What it is computed over.</param>
/// <param name="DefaultDistance">Name of its default distance: its paper's, or the Euclidean one.</param>
/// <param name="Own">
/// The hyperparameters that only some losses have, by name, with their defaults. A default may depend on hyperparameters
/// that come earlier in <see cref="Hyperparameter.All"/>, such as the encoder and the distance.
/// </param>
/// <param name="Create">Makes the loss for a trial's hyperparameters and distance.</param>
public sealed record LossKind(
    string Name,
    LossForm Form,
    string DefaultDistance,
    IReadOnlyDictionary<string, Func<Hyperparameters, HyperparameterValue>> Own,
    Func<Hyperparameters, Distance, Loss> Create)
{
    private const string Euclidean = "euclidean";
    private const string Manhattan = "manhattan";
    private const string Cosine = "cosine";

    /// <summary>All losses, in the order of the help texts.</summary>
    public static IReadOnlyList<LossKind> All { get; } =
    [
        OnPairs("contrastive", Euclidean, Absolute, (h, distance, miner) => new ContrastiveLoss(distance, h.Margin!.Value, Balance(h), miner)),
        new("triplet", LossForm.Triplets, Euclidean, Margin(Gap), (h, distance) => new TripletMarginLoss(distance, h.Margin!.Value, Miner.Find(h.Mining))),
        new(
            "nt-xent",
            LossForm.Batch,
            Cosine,
            new Dictionary<string, Func<Hyperparameters, HyperparameterValue>> { ["temperature"] = _ => 0.1 },
            (h, distance) => new NormalizedTemperatureLoss(distance, h.Temperature!.Value)),
        new(
            "multi-similarity",
            LossForm.Batch,
            Cosine,
            new Dictionary<string, Func<Hyperparameters, HyperparameterValue>>
            {
                ["margin"] = _ => 0.1,
                ["alpha"] = _ => 2,
                ["beta"] = _ => 50,
                ["base"] = _ => 0.5,
            },
            (h, distance) => new MultiSimilarityLoss(distance, h.Alpha!.Value, h.Beta!.Value, h.Base!.Value, h.Margin!.Value)),
        new(
            "circle",
            LossForm.Batch,
            Cosine,
            new Dictionary<string, Func<Hyperparameters, HyperparameterValue>> { ["margin"] = _ => 0.4, ["gamma"] = _ => 80 },
            (h, distance) => new CircleLoss(distance, h.Margin!.Value, h.Gamma!.Value)),
        OnPairs("cross-entropy", Manhattan, Absolute, (h, distance, miner) => new CrossEntropyLoss(distance, h.Margin!.Value, Balance(h), miner)),
        OnPairs("exponential", Manhattan, Largest, (h, distance, miner) => new ExponentialLoss(distance, h.Margin!.Value, Balance(h), miner)),
    ];

    /// <summary>Whether it works on cosine similarities and supports no other distance.</summary>
    public bool IsOnSimilarities => Form is LossForm.Batch;

    /// <summary>The loss with this name, or null.</summary>
    public static LossKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The loss with this name, which must be a known name.</summary>
    public static LossKind Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no loss '{name}'.", nameof(name));

    private static LossKind OnPairs(
        string name, string distance, Func<Hyperparameters, HyperparameterValue> margin, Func<Hyperparameters, Distance, Miner?, Loss> create) =>
        new(name, LossForm.Pairs, distance, Margin(margin), (h, d) => create(h, d, Miner.Find(h.Mining)));

    private static Dictionary<string, Func<Hyperparameters, HyperparameterValue>> Margin(Func<Hyperparameters, HyperparameterValue> byDefault) =>
        new() { ["margin"] = byDefault };

    private static HyperparameterValue Absolute(Hyperparameters h) => Margins.Absolute(Distance.Get(h.Distance), h.EmbeddingSize, h.Normalize is true);

    /// <summary>Q should be a distance that few pairs reach: below it, the exponential loss pushes less and less, but still pushes.</summary>
    private static HyperparameterValue Largest(Hyperparameters h)
    {
        var distance = Distance.Get(h.Distance);
        return Math.Min(4 * Absolute(h).Number, h.Normalize is true ? distance.MaximumOfLengthOne(h.EmbeddingSize) : distance.Maximum);
    }

    private static HyperparameterValue Gap(Hyperparameters h) => Margins.Gap(Distance.Get(h.Distance), h.EmbeddingSize, h.Normalize is true);

    /// <summary>With listed pairs, the balance decides which pairs are in the list.</summary>
    private static double Balance(Hyperparameters h) => h.Balance ?? 0.5;
}
