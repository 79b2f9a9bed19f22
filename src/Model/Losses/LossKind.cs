using Siamese.Contracts.Sweeps;
using Siamese.Model.Distances;

namespace Siamese.Model.Losses;

/// <summary>A loss that can be asked for by name, and what it needs to know.</summary>
/// <param name="Name">The name that users and trials know it by.</param>
/// <param name="IsOnTriplets">Whether it is a <see cref="TripletLoss"/>; a balance of pairs then says nothing.</param>
/// <param name="HasMargin">Whether it has a margin; sweeping one otherwise changes nothing.</param>
/// <param name="DefaultMargin">The margin where none is stated, in units of the distance; null without one.</param>
/// <param name="Create">Makes the loss for a trial's hyperparameters and distance.</param>
public sealed record LossKind(
    string Name,
    bool IsOnTriplets,
    bool HasMargin,
    Func<Distance, double?> DefaultMargin,
    Func<Hyperparameters, Distance, Loss> Create)
{
    /// <summary>Every loss there is, in the order in which help texts list them.</summary>
    public static IReadOnlyList<LossKind> All { get; } =
    [
        new(
            "contrastive",
            IsOnTriplets: false,
            HasMargin: true,
            distance => ContrastiveLoss.DefaultMargin(distance),
            (h, distance) => new ContrastiveLoss(distance, h.Margin ?? ContrastiveLoss.DefaultMargin(distance), h.Balance ?? 0.5)),
        new(
            "triplet",
            IsOnTriplets: true,
            HasMargin: true,
            distance => TripletMarginLoss.DefaultMargin(distance),
            (h, distance) => new TripletMarginLoss(distance, h.Margin ?? TripletMarginLoss.DefaultMargin(distance))),
    ];

    /// <summary>The loss of that name; null where there is none.</summary>
    public static LossKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The loss of that name, for a name that was checked before.</summary>
    public static LossKind Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no loss '{name}'.", nameof(name));
}
