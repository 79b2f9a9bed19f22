using System.Diagnostics;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// The trace of a sweep. Its first span is the submission, whose context is stored with the sweep: everything else hangs
/// below it, whichever silo does it, and after any number of restarts. A sweep without a stored context has no such trace.
/// </summary>
internal static class SweepTrace
{
    public static Activity? Submit(string sweep) => Spans.Start("sweep.submit", parent: null).With("sweep", sweep);

    /// <summary>The data is read, and the sweep is planned.</summary>
    public static Activity? Prepare(SweepActivation sweep, DateTimeOffset began) =>
        Spans.Start("sweep.prepare", sweep.State.Trace, began).With("sweep", sweep.Id);

    /// <summary>A new phase is stored. With the last one ends the sweep, whose span is as long as it took.</summary>
    public static void Enter(SweepActivation sweep, SweepPhase phase)
    {
        var state = sweep.State;
        using var span = phase is SweepPhase.Completed or SweepPhase.Cancelled or SweepPhase.Rejected
            ? Spans.Start("sweep", state.Trace, state.SubmittedAt).With("trials", state.Plan?.Trials)
            : Spans.Start("sweep.phase", state.Trace);
        span.With("sweep", sweep.Id).With("phase", phase);
        if (phase is SweepPhase.Rejected)
            span.Failed(state.Problem);
        sweep.Logger.LogPhase(sweep.Id, phase);
    }

    /// <summary>A trial is leased: what its trainer does hangs below this span.</summary>
    public static Lease Grant(SweepActivation sweep, Lease lease, string silo, DateTimeOffset asked)
    {
        using var span = Spans.Start("trial.lease", sweep.State.Trace, asked)
            .With("sweep", sweep.Id).With("trial", lease.Trial).With("fence", lease.Fence).With("silo", silo);
        return span is null ? lease : lease with { Trace = span.Id };
    }
}
