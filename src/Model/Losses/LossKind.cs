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
    Func<Hyperparameters, Distance, Loss> Create);
