using Siamese.Contracts;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Pruners;

/// <summary>
/// A way to pause trials that fall behind. To add one, add a value to <see cref="PruneKind"/>, write its
/// <see cref="IPruner"/>, and add a line to <see cref="All"/>.
/// </summary>
/// <param name="Kind">The request's value for it.</param>
/// <param name="Pruner">Decides; null if no trial is paused.</param>
internal sealed record PruningMethod(PruneKind Kind, IPruner? Pruner)
{
    public static IReadOnlyList<PruningMethod> All { get; } =
    [
        new(PruneKind.None, Pruner: null),
        new(PruneKind.Asha, new AshaPruner()),
        new(PruneKind.Median, new MedianPruner()),
    ];

    /// <exception cref="BadInputException">There is no such method.</exception>
    public static PruningMethod Of(PruneKind kind) =>
        All.FirstOrDefault(method => method.Kind == kind) ?? throw new BadInputException($"{kind} is not a pruning method.");
}
