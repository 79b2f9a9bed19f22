using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Clusters;
using Siamese.Grains.Board;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Trials;
using Siamese.Model.Training;

namespace Siamese.Grains.Workers;

/// <summary>
/// Fills this silo's slots: takes a free one, claims a trial from the board, and trains it here. Because silos pull
/// trials, slots are counted exactly; a central scheduler could only guess which slots are free.
/// </summary>
internal sealed partial class SlotService(
    TrainingSlots slots, TrainingSessions sessions, IGrainFactory grains, ILocalSiloDetails silo, VerdictTally verdicts, TimeProvider time, ILogger<SlotService> logger, ISiloFacts? facts = null)
    : BackgroundService
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _announceEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _claimPatience = TimeSpan.FromSeconds(1.5);

    private readonly ILogger _logger = logger;
    private readonly SlotHolder _holder = new(silo.Name, slots.Count, CodeVersion.Current);
    private Task _claims = Task.CompletedTask;
    private volatile bool _isIdle = true;

    private ISweepBoard Board => grains.GetGrain<ISweepBoard>(0);

    /// <summary>Stops claiming trials, then hands back those that train here. The silo itself stops after this.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Wait for a claim in flight, because its lease must be handed back too, but not forever: the board may be gone.
        await Task.WhenAny(base.StopAsync(cancellationToken), Task.Delay(_claimPatience, time, cancellationToken));
        await sessions.HandBack();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Announce(stoppingToken), Fill(stoppingToken));

    private async Task Announce(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Board.Announce(_holder with { News = new SiloNews { Verdicts = verdicts.Recent(), Store = facts?.Store, Page = facts?.Page } }, stopping);
            }
            catch (Exception e)
            {
                if (stopping.IsCancellationRequested)
                    return;
                LogUnreachable(e);
            }

            await Pause(_announceEvery, stopping);
        }
    }

    /// <summary>While there is work, free slots claim in parallel; while there is none, one slot asks for all of them.</summary>
    private async Task Fill(CancellationToken stopping)
    {
        var pause = _shortestPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await slots.Take(stopping);
                var claim = StartOne(stopping);
                if (_isIdle)
                    _isIdle = !await claim;
                else
                    _claims = Task.WhenAll(_claims, Watch(claim, stopping));
                if (!_isIdle)
                {
                    pause = _shortestPause;
                    continue;
                }
            }
            catch (Exception e)
            {
                // Calls fail in many ways while the silo is stopping.
                if (stopping.IsCancellationRequested)
                    break;
                LogUnreachable(e);
            }

            await Pause(pause, stopping);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }

        await _claims;
    }

    private async Task Watch(Task<bool> claim, CancellationToken stopping)
    {
        try
        {
            if (!await claim)
                _isIdle = true;
        }
        catch (Exception e)
        {
            _isIdle = true;
            if (!stopping.IsCancellationRequested)
                LogUnreachable(e);
        }
    }

    /// <summary>True if a trial was claimed; the slot is released when its training ends.</summary>
    private async Task<bool> StartOne(CancellationToken stopping)
    {
        if (await Claim() is not { } lease)
            return false;
        if (stopping.IsCancellationRequested)
        {
            GiveUp();
            await grains.GetGrain<ITrialGrain>(lease.Trial).HandBack(lease.Fence, refusal: null, CancellationToken.None);
            return true;
        }

        var session = sessions.Begin(lease);
        ReleaseAfter(session).Ignore();
        // Not awaited: training does not depend on it, because the answers to its reports direct it too.
        grains.GetGrain<ITrainerGrain>(lease.Trainer).Attend(CancellationToken.None).Ignore();
        return true;
    }

    /// <summary>The next trial need not wait until this one's result is stored.</summary>
    private async Task ReleaseAfter(TrainingSession session)
    {
        await session.Trained;
        slots.Release();
        await session.Ended;
        slots.Deliver();
    }

    /// <summary>Not cancelled when the silo stops: otherwise a granted lease could be lost.</summary>
    private async Task<Lease?> Claim()
    {
        Lease? lease = null;
        try
        {
            return lease = await Board.Claim(_holder, CancellationToken.None);
        }
        finally
        {
            if (lease is null)
                GiveUp();
        }
    }

    private void GiveUp()
    {
        slots.Release();
        slots.Deliver();
    }

    private async Task Pause(TimeSpan length, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(length, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the caller's loop ends.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not ask the board for work; trying again")]
    private partial void LogUnreachable(Exception exception);
}
