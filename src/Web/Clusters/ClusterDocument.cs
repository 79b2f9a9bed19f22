using Siamese.Contracts.Sweeps;

namespace Siamese.Web.Clusters;

/// <summary>A cluster.</summary>
/// <param name="Gateways">Addresses at which Orleans clients reach its silos.</param>
/// <param name="Sweeps">Number of sweeps.</param>
/// <param name="Unfinished">Number of sweeps with work to do.</param>
/// <param name="Slots">Number of slots of all silos.</param>
/// <param name="Silos">Its silos, in the order of their names.</param>
public sealed record ClusterDocument(IReadOnlyList<string> Gateways, int Sweeps, int Unfinished, int Slots, IReadOnlyList<ClusterDocument.OneSilo> Silos)
{
    /// <summary>A silo.</summary>
    /// <param name="Slots">Number of its slots; null if it has not said so yet, or not for some seconds.</param>
    /// <param name="Training">The trials in its slots.</param>
    public sealed record OneSilo(string Silo, int? Slots, IReadOnlyList<Training> Training);

    /// <summary>A trial that is being trained; epoch 0 means that the first epoch has not ended.</summary>
    public sealed record Training(string Sweep, string Trial, int Epoch, int Epochs, double? SecondsLeft);

    /// <param name="gateways">As in the document.</param>
    /// <param name="board">Every sweep.</param>
    /// <param name="slots">The silos that have slots.</param>
    /// <param name="unfinished">The states of the sweeps with work to do.</param>
    public static ClusterDocument Of(IReadOnlyList<string> gateways, IReadOnlyCollection<BoardEntry> board, IReadOnlyCollection<SiloSlots> slots, IReadOnlyCollection<SweepProgress> unfinished)
    {
        var running = unfinished.SelectMany(sweep => sweep.Running.Select(trial => (sweep.Sweep, Trial: trial))).ToLookup(one => one.Trial.Silo);
        var known = slots.ToDictionary(silo => silo.Silo, silo => silo.Slots);
        return new(
            gateways,
            board.Count(entry => !entry.IsImported),
            board.Count(entry => entry.IsUnfinished),
            slots.Sum(silo => silo.Slots),
            [
                .. known.Keys.Union(running.Select(ofSilo => ofSilo.Key)).Order(StringComparer.Ordinal).Select(silo => new OneSilo(
                    silo,
                    known.TryGetValue(silo, out var count) ? count : null,
                    [.. running[silo].Select(one => new Training(one.Sweep, one.Trial.Trial, one.Trial.Epoch?.Epoch ?? 0, one.Trial.Spec.Hyperparameters.Epochs, one.Trial.SecondsLeft))])),
            ]);
    }
}
