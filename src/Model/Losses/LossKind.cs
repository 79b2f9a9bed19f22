using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Miners;

namespace Siamese.Model.Losses;

/// <summary>
/// A loss that you can choose by name, and its settings. Each loss describes itself in its own file, by one of the
/// factories here; the factory fits the class that it is derived from.
/// </summary>
public sealed record LossKind
{
    private readonly Func<Hyperparameters, Distance, Loss> _create;

    private LossKind(string name, LossForm form, string distance, IReadOnlyDictionary<string, Func<Hyperparameters, HyperparameterValue>> own, Func<Hyperparameters, Distance, Loss> create) =>
        (Name, Form, DefaultDistance, Own, _create) = (name, form, distance, own, create);

    /// <summary>All losses, in the order of the help texts.</summary>
    public static IReadOnlyList<LossKind> All { get; } =
    [
        ContrastiveLoss.Kind,
        TripletMarginLoss.Kind,
        NormalizedTemperatureLoss.Kind,
        MultiSimilarityLoss.Kind,
        CircleLoss.Kind,
        CrossEntropyLoss.Kind,
        ExponentialLoss.Kind,
        SoftmaxRatioLoss.Kind,
        CosineTargetsLoss.Kind,
    ];

    /// <summary>The name that users and trials use.</summary>
    public string Name { get; }

    /// <summary>What it is computed over.</summary>
    public LossForm Form { get; }

    /// <summary>Name of its default distance: its paper's, or the Euclidean one.</summary>
    public string DefaultDistance { get; }

    /// <summary>
    /// The hyperparameters that only some losses have, by name, with their defaults. A default may depend on hyperparameters
    /// that come earlier in <see cref="Hyperparameter.All"/>, such as the encoder and the distance.
    /// </summary>
    public IReadOnlyDictionary<string, Func<Hyperparameters, HyperparameterValue>> Own { get; }

    /// <summary>Whether it works on cosine similarities and supports no other distance.</summary>
    public bool IsOnSimilarities { get; private init; }

    /// <summary>The loss with this name, or null.</summary>
    public static LossKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The loss with this name, which must be a known name.</summary>
    public static LossKind Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no loss '{name}'.", nameof(name));

    /// <summary>Makes the loss for a trial's hyperparameters and distance.</summary>
    public Loss Create(Hyperparameters hyperparameters, Distance distance) => _create(hyperparameters, distance);

    /// <summary>A loss on pairs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="distance">Name of its default distance.</param>
    /// <param name="margin">Its default margin.</param>
    /// <param name="create">Makes it for a trial's hyperparameters and distance, its balance, and its miner, or null.</param>
    internal static LossKind OnPairs(
        string name, string distance, Func<Hyperparameters, HyperparameterValue> margin, Func<Hyperparameters, Distance, double, Miner?, PairLoss> create) =>
        // With listed pairs, the balance decides which pairs are in the list.
        new(name, LossForm.Pairs, distance, Settings(("margin", margin)), (h, d) => create(h, d, h.Balance ?? 0.5, Miner.Of(h)));

    /// <summary>A loss on triplets.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="distance">Name of its default distance.</param>
    /// <param name="create">Makes it for a trial's hyperparameters and distance, and its miner, or null.</param>
    /// <param name="own">Its own hyperparameters, by name, with their defaults.</param>
    internal static LossKind OnTriplets(
        string name, string distance, Func<Hyperparameters, Distance, Miner?, TripletLoss> create, params (string Name, Func<Hyperparameters, HyperparameterValue> Default)[] own) =>
        new(name, LossForm.Triplets, distance, Settings(own), (h, d) => create(h, d, Miner.Of(h)));

    /// <summary>A loss on the cosine similarities of pairs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="create">Makes it for a trial's hyperparameters and distance, its balance, and its miner, or null.</param>
    /// <param name="own">Its own hyperparameters, by name, with their defaults.</param>
    internal static LossKind OnCosines(
        string name, Func<Hyperparameters, Distance, double, Miner?, PairLoss> create, params (string Name, HyperparameterValue Default)[] own) =>
        new(name, LossForm.Pairs, "cosine", Settings(own), (h, d) => create(h, d, h.Balance ?? 0.5, Miner.Of(h))) { IsOnSimilarities = true };

    /// <summary>A loss on the cosine similarities of whole batches.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="create">Makes it for a trial's hyperparameters and distance.</param>
    /// <param name="own">Its own hyperparameters, by name, with their defaults.</param>
    internal static LossKind OnSimilarities(
        string name, Func<Hyperparameters, Distance, SimilarityLoss> create, params (string Name, HyperparameterValue Default)[] own) =>
        new(name, LossForm.Batch, "cosine", Settings(own), create) { IsOnSimilarities = true };

    /// <summary>The default margin of a loss that pushes *different* pairs to a distance.</summary>
    internal static HyperparameterValue DefaultMargin(Hyperparameters h) => MarginsOf(h).Absolute;

    /// <summary>The default margin of a loss on triplets.</summary>
    internal static HyperparameterValue DefaultGap(Hyperparameters h) => MarginsOf(h).Gap;

    private static DefaultMargins MarginsOf(Hyperparameters h) => Distance.Get(h.Distance).DefaultMargins(h.EmbeddingSize, h.Normalize is true);

    private static Dictionary<string, Func<Hyperparameters, HyperparameterValue>> Settings((string Name, HyperparameterValue Default)[] own) =>
        Settings([.. own.Select(setting => (setting.Name, (Func<Hyperparameters, HyperparameterValue>)(_ => setting.Default)))]);

    private static Dictionary<string, Func<Hyperparameters, HyperparameterValue>> Settings(params (string Name, Func<Hyperparameters, HyperparameterValue> Default)[] own) =>
        own.ToDictionary(setting => setting.Name, setting => setting.Default);
}

/// <summary>What a loss is computed over.</summary>
public enum LossForm
{
    /// <summary>Pairs: a <see cref="PairLoss"/>.</summary>
    Pairs,

    /// <summary>Triplets: a <see cref="TripletLoss"/>.</summary>
    Triplets,

    /// <summary>Whole batches: a <see cref="SimilarityLoss"/>. Requires <see cref="Pairing.Batch"/>.</summary>
    Batch,
}
