using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Board;

/// <inheritdoc cref="IBoardGrain"/>
internal sealed partial class BoardGrain(
    [PersistentState("board")] IPersistentState<BoardState> state, TimeProvider time, ILogger<BoardGrain> logger) : Grain, ISweepBoard
{
    /// <summary>How long after its last announcement a silo counts as gone. Silos announce themselves every 2 s.</summary>
    private static readonly TimeSpan _goneAfter = TimeSpan.FromSeconds(8);

    private readonly ILogger _logger = logger;
    private readonly Dictionary<string, (SlotHolder Holder, long SeenAt)> _silos = [];
    private uint _turn;

    public async Task Post(BoardEntry entry, CancellationToken cancellation)
    {
        if (state.State.Sweeps.GetValueOrDefault(entry.Sweep) == entry)
            return;
        state.State.Sweeps[entry.Sweep] = entry;
        await this.Save(state, cancellation);
    }

    public async Task Withdraw(string sweep, CancellationToken cancellation)
    {
        if (state.State.Sweeps.Remove(sweep) | state.State.Drifts.Remove(sweep))
            await this.Save(state, cancellation);
    }

    public async Task PostDrifts(string ensemble, ImmutableArray<Drift> drifts, CancellationToken cancellation)
    {
        var known = state.State.Drifts.GetValueOrDefault(ensemble, []);
        if (known.SequenceEqual(drifts))
            return;
        if (drifts.IsEmpty)
            state.State.Drifts.Remove(ensemble);
        else
            state.State.Drifts[ensemble] = drifts;
        await this.Save(state, cancellation);
    }

    public async Task<ImmutableArray<string>> GetGateways(CancellationToken cancellation)
    {
        var silos = await GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true, cancellation);
        return [.. silos.Where(silo => silo.ProxyPort > 0).Select(silo => $"{new IPEndPoint(silo.SiloAddress.Endpoint.Address, silo.ProxyPort)}")];
    }

    public Task Announce(SlotHolder holder, CancellationToken cancellation)
    {
        _silos[holder.Silo] = (holder, time.GetTimestamp());
        // A silo has a new name each time it starts, so old names would pile up.
        foreach (var gone in _silos.Keys.Where(silo => !IsThere(silo)).ToArray())
            _silos.Remove(gone);
        return Task.CompletedTask;
    }

    private bool IsThere(string silo) => time.GetElapsedTime(_silos[silo].SeenAt) < _goneAfter;

    public async Task<Lease?> Claim(SlotHolder holder, CancellationToken cancellation)
    {
        // Other calls interleave while a sweep is asked, so iterate over a copy.
        string[] unfinished = [.. state.State.Sweeps.Values.Where(entry => entry.IsUnfinished).OrderBy(entry => entry.SubmittedAt).Select(entry => entry.Sweep)];
        var first = unfinished.Length == 0 ? 0 : (int)(_turn++ % (uint)unfinished.Length);
        foreach (var sweep in unfinished[first..].Concat(unfinished[..first]))
        {
            try
            {
                // The call also reactivates a sweep whose silo was lost.
                if (await GrainFactory.GetGrain<ISweepTrials>(sweep).Lease(holder, cancellation) is { } lease)
                    return lease;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // One sweep that cannot answer must not starve the others of slots.
                LogDeaf(e, sweep);
            }
        }

        return null;
    }

    public Task<ImmutableArray<BoardEntry>> List(CancellationToken cancellation) =>
        Task.FromResult(state.State.Sweeps.Values
            .Select(entry => entry with { Drifts = state.State.Drifts.GetValueOrDefault(entry.Sweep, []) })
            .OrderByDescending(entry => entry.SubmittedAt)
            .ToImmutableArray());

    public Task<ImmutableArray<SiloSlots>> GetSlots(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<SiloSlots>>([.. _silos.Where(silo => IsThere(silo.Key)).Select(silo => new SiloSlots(silo.Key, silo.Value.Holder.Slots) { News = silo.Value.Holder.News })]);

    public Task<int> CountSlots(CancellationToken cancellation) =>
        Task.FromResult(_silos.Where(silo => IsThere(silo.Key)).Sum(silo => silo.Value.Holder.Slots));

    [LoggerMessage(LogLevel.Warning, "Could not ask sweep {Sweep} for a trial")]
    private partial void LogDeaf(Exception exception, string sweep);
}
