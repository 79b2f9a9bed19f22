using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Siamese.Contracts;
using Siamese.Contracts.Training;

namespace Siamese.Grains.Training;

/// <inheritdoc cref="ITrainerGrain"/>
/// <remarks>Placed on the silo of the slot that starts it, which is the one that calls.</remarks>
[PreferLocalPlacement]
internal sealed partial class TrainerGrain(
    TrialRunner runner, TrainingSlots slots, IOptions<LeaseTerm> term, TimeProvider time, ILogger<TrainerGrain> logger)
    : Grain, ITrainerGrain, IDisposable
{
    /// <summary>A finished trial's result is worth more than a lease term of retries: the store may be away for a while.</summary>
    private static readonly TimeSpan _keepTryingFor = TimeSpan.FromMinutes(10);

    private readonly ILogger _logger = logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<EpochReport?> _reports = Channel.CreateUnbounded<EpochReport?>();
    private Directive _directive = Directive.Continue;
    private Task? _training;
    private bool _isDelivering;

    /// <summary>The key of the trainer that holds a lease.</summary>
    public static string KeyOf(string trial, long fence) => FormattableString.Invariant($"{trial}/{fence}");

    public Task Start(Assignment assignment, CancellationToken cancellation)
    {
        if (_training is not null)
            return Task.CompletedTask;
        // A call to stop that overtook this one may have brought the grain to life on another silo.
        if (!slots.TakeOver(this.GetPrimaryKeyString()))
            throw new InvalidOperationException($"No slot of this silo is for trial {assignment.Trial} under lease {assignment.Fence}.");
        _training = Train(assignment);
        return Task.CompletedTask;
    }

    public Task Stop(CancellationToken cancellation)
    {
        Obey(Directive.Cancel);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // The silo is stopping: what still trains is given up, and its lease runs out by itself. A result that is already
        // on its way may yet get through.
        Obey(Directive.Stale);
        if (_isDelivering)
            await _training!.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public void Dispose() => _stop.Dispose();

    private async Task Train(Assignment assignment)
    {
        LogStarted(assignment.Trial, assignment.Sweep, assignment.Fence);
        var training = RunToResult(assignment);
        try
        {
            // Keeps the grain alive beside its background work, and the lease with it.
            using var renewal = this.RegisterGrainTimer(
                _ =>
                {
                    _reports.Writer.TryWrite(null);
                    return Task.CompletedTask;
                },
                new GrainTimerCreationOptions(term.Value.RenewEvery, term.Value.RenewEvery) { KeepAlive = true, Interleave = true });
            await PassOnReports(assignment);
            if (await training is { } result)
                await Complete(assignment, result);
        }
        finally
        {
            slots.Deliver();
            DeactivateOnIdle();
        }
    }

    /// <summary>Null where the lease was lost: then there is nobody to tell.</summary>
    private async Task<TrialResult?> RunToResult(Assignment assignment)
    {
        try
        {
            var result = await runner.Run(assignment, epoch => _reports.Writer.TryWrite(epoch), _stop.Token);
            _isDelivering = true;
            return result;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return _directive is Directive.Cancel
                ? new TrialResult { Status = TrialStatus.Cancelled, Reason = "cancelled by the user" }
                : null;
        }
        catch (Exception e)
        {
            LogFailed(e, assignment.Trial, assignment.Sweep);
            return new TrialResult { Status = TrialStatus.Failed, Reason = e is BadInputException ? e.Message : $"{e.GetType().Name}: {e.Message}" };
        }
        finally
        {
            // The next trial need not wait until this one's result is stored.
            slots.Release();
            _reports.Writer.TryComplete();
        }
    }

    /// <summary>Passes on what the training thread reports, and renewals between; obeys the answers.</summary>
    private async Task PassOnReports(Assignment assignment)
    {
        var trial = GrainFactory.GetGrain<ITrialGrain>(assignment.Trial);
        await foreach (var epoch in _reports.Reader.ReadAllAsync())
        {
            try
            {
                var directive = await trial.Report(assignment.Fence, epoch, CancellationToken.None);
                if (directive is Directive.Stale)
                    LogLost(assignment.Trial, assignment.Fence);
                Obey(directive);
            }
            catch (Exception e)
            {
                // Progress is worth nothing later; the next renewal says that we are alive.
                LogUnheard(e, assignment.Trial);
            }
        }
    }

    private async Task Complete(Assignment assignment, TrialResult result)
    {
        var trial = GrainFactory.GetGrain<ITrialGrain>(assignment.Trial);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (!await trial.Complete(assignment.Fence, result with { Sweep = assignment.Sweep }, CancellationToken.None))
                    LogLost(assignment.Trial, assignment.Fence);
                return;
            }
            catch (Exception e)
            {
                LogUnheard(e, assignment.Trial);
                if (_directive is Directive.Stale || time.GetElapsedTime(started) >= _keepTryingFor)
                    return;
                await Task.Delay(TimeSpan.FromSeconds(1), time);
            }
        }
    }

    private void Obey(Directive directive)
    {
        if (directive is Directive.Continue || _stop.IsCancellationRequested)
            return;
        _directive = directive;
        _stop.Cancel();
    }
}
