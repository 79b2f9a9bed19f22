using Siamese.Contracts.Sweeps;
using Siamese.Model.Distances;
using Siamese.Model.Miners;

namespace Siamese.Model.Losses;

/// <summary>A loss that can be asked for by name, and what it needs to know.</summary>
/// <param name="Name">The name that users and trials know it by.</param>
/// <param name="Form">What it is over.</param>
/// <param name="DefaultDistance">Name of the distance that it takes where none is stated: its paper's, or the Euclidean one.</param>
/// <param name="Own">
/// The hyperparameters that only some losses have, by name, and what they are where nothing is stated; the encoder, the
/// distance and what else comes before in <see cref="Hyperparameter.All"/> is known then.
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

    /// <summary>Every loss there is, in the order in which help texts list them.</summary>
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

    /// <summary>Whether it is on cosine similarities, and can do with no other distance.</summary>
    public bool IsOnSimilarities => Form is LossForm.Batch;

    /// <summary>The loss of that name; null where there is none.</summary>
    public static LossKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The loss of that name, for a name that was checked before.</summary>
    public static LossKind Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no loss '{name}'.", nameof(name));

    private static LossKind OnPairs(
        string name, string distance, Func<Hyperparameters, HyperparameterValue> margin, Func<Hyperparameters, Distance, Miner?, Loss> create) =>
        new(name, LossForm.Pairs, distance, Margin(margin), (h, d) => create(h, d, Miner.Find(h.Mining)));

    private static Dictionary<string, Func<Hyperparameters, HyperparameterValue>> Margin(Func<Hyperparameters, HyperparameterValue> byDefault) =>
        new() { ["margin"] = byDefault };

    private static HyperparameterValue Absolute(Hyperparameters h) => Margins.Absolute(Distance.Get(h.Distance), h.EmbeddingSize, h.Normalize is true);

    /// <summary>Q is to be a distance that few pairs reach: up to it the exponential loss pushes less and less, but it pushes.</summary>
    private static HyperparameterValue Largest(Hyperparameters h)
    {
        var distance = Distance.Get(h.Distance);
        return Math.Min(4 * Absolute(h).Number, h.Normalize is true ? distance.MaximumOfLengthOne(h.EmbeddingSize) : distance.Maximum);
    }

    private static HyperparameterValue Gap(Hyperparameters h) => Margins.Gap(Distance.Get(h.Distance), h.EmbeddingSize, h.Normalize is true);

    /// <summary>The share of *different* pairs in a list is in the list.</summary>
    private static double Balance(Hyperparameters h) => h.Balance ?? 0.5;
}
