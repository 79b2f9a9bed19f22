using Siamese.Contracts.Clusters;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Web.Clusters;

/// <summary>A cluster.</summary>
/// <param name="Gateways">Addresses at which Orleans clients reach its silos.</param>
/// <param name="Sweeps">Number of sweeps.</param>
/// <param name="Unfinished">Number of sweeps with work to do.</param>
/// <param name="Slots">Number of slots of all silos.</param>
/// <param name="Silos">Its silos, in the order of their names.</param>
/// <param name="Verdicts">Verdicts of all silos.</param>
/// <param name="Store">The store of the cluster; null if no silo has described it yet.</param>
public sealed record ClusterDocument(
    IReadOnlyList<string> Gateways, int Sweeps, int Unfinished, int Slots, IReadOnlyList<ClusterDocument.OneSilo> Silos, ClusterDocument.VerdictRate Verdicts, ClusterDocument.OneStore? Store)
{
    /// <summary>A silo.</summary>
    /// <param name="Slots">Number of its slots; null if it has not said so yet, or not for some seconds.</param>
    /// <param name="Training">The trials in its slots.</param>
    /// <param name="Verdicts">Its verdicts; null if it has not said so yet, or not for some seconds.</param>
    /// <param name="Page">Address of its web page for users; null if it has none, or if nobody stated the one that leads through a proxy.</param>
    public sealed record OneSilo(string Silo, int? Slots, IReadOnlyList<Training> Training, VerdictRate? Verdicts, string? Page);

    /// <summary>A trial that is being trained; epoch 0 means that the first epoch has not ended.</summary>
    public sealed record Training(string Sweep, string Trial, int Epoch, int Epochs, double? SecondsLeft);

    /// <summary>Verdicts in the last minute.</summary>
    /// <param name="Asked">Number of pairs that silos were asked about.</param>
    /// <param name="Given">Number of verdicts that they gave: fewer if images cannot be read, or a call failed.</param>
    /// <param name="PerSecond">Mean number of verdicts in a second of that minute.</param>
    public sealed record VerdictRate(int Asked, int Given, double PerSecond)
    {
        internal static VerdictRate Of(RecentVerdicts recent) => new(recent.Asked, recent.Given, (double)recent.Given / RecentVerdicts.Seconds);
    }

    /// <summary>A store.</summary>
    /// <param name="Kind">Its kind, such as `SQLite`.</param>
    /// <param name="Bytes">Its size, measured every few minutes; null if it has not been measured yet.</param>
    /// <param name="FreeBytes">Free space on its disk; null if it is on another machine.</param>
    /// <param name="Troubles">Why silos cannot use it now; empty if all can.</param>
    public sealed record OneStore(string Kind, long? Bytes, long? FreeBytes, IReadOnlyList<Trouble> Troubles)
    {
        internal static OneStore? Of(IEnumerable<SiloSlots> silos)
        {
            SiloSlots[] known = [.. silos.Where(silo => silo.News?.Store is not null).OrderBy(silo => silo.Silo, StringComparer.Ordinal)];
            if (known.Length == 0)
                return null;
            StoreNews[] stores = [.. known.Select(silo => silo.News!.Store!)];
            return new(
                stores[0].Kind,
                stores.Max(store => store.Bytes),
                stores.Min(store => store.FreeBytes),
                [.. known.Zip(stores).Where(one => one.Second.Trouble is not null).Select(one => new Trouble(one.First.Silo, one.Second.Trouble!.Answers, one.Second.Trouble.Seconds, one.Second.Trouble.Reason))]);
        }
    }

    /// <summary>Why a silo cannot use the store.</summary>
    /// <param name="Answers">Whether the store answers, and only refuses to store anything.</param>
    /// <param name="Seconds">For how long.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Trouble(string Silo, bool Answers, double Seconds, string Reason);

    /// <param name="gateways">As in the document.</param>
    /// <param name="board">Every sweep.</param>
    /// <param name="slots">The silos that have slots.</param>
    /// <param name="unfinished">The states of the sweeps with work to do.</param>
    public static ClusterDocument Of(IReadOnlyList<string> gateways, IReadOnlyCollection<BoardEntry> board, IReadOnlyCollection<SiloSlots> slots, IReadOnlyCollection<SweepProgress> unfinished)
    {
        var running = unfinished.SelectMany(sweep => sweep.Running.Select(trial => (sweep.Sweep, Trial: trial))).ToLookup(one => one.Trial.Silo);
        var known = slots.ToDictionary(silo => silo.Silo);
        RecentVerdicts[] verdicts = [.. slots.Select(silo => silo.News?.Verdicts).OfType<RecentVerdicts>()];
        return new(
            gateways,
            board.Count(entry => !entry.IsImported),
            board.Count(entry => entry.IsUnfinished),
            slots.Sum(silo => silo.Slots),
            [.. known.Keys.Union(running.Select(ofSilo => ofSilo.Key)).Order(StringComparer.Ordinal).Select(silo => One(silo, known.GetValueOrDefault(silo), running[silo]))],
            VerdictRate.Of(new RecentVerdicts(verdicts.Sum(silo => silo.Asked), verdicts.Sum(silo => silo.Given))),
            OneStore.Of(slots));
    }

    private static OneSilo One(string name, SiloSlots? known, IEnumerable<(string Sweep, RunningTrial Trial)> running) => new(
        name,
        known?.Slots,
        [.. running.Select(one => new Training(one.Sweep, one.Trial.Trial, one.Trial.Epoch?.Epoch ?? 0, one.Trial.Spec.Hyperparameters.Epochs, one.Trial.SecondsLeft))],
        known?.News?.Verdicts is { } verdicts ? VerdictRate.Of(verdicts) : null,
        known?.News?.Page);
}
