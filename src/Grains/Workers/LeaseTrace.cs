using System.Diagnostics;
using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Workers;

/// <summary>What the trainer of one lease adds to the trace of the sweep. However long the trial takes, it has a bounded number of spans.</summary>
internal sealed class LeaseTrace(Lease lease)
{
    /// <summary>Number of epochs that are all shown; after them, fewer and fewer.</summary>
    public const int Epochs = 32;

    /// <summary>Number of checkpoints that are all shown.</summary>
    private const int Checkpoints = 4;

    private int _checkpoints;

    /// <summary>The whole session, which is the current span of the session's log and of the training thread.</summary>
    public Activity? Train() => Start("trial.train").With("resumed", lease.From is not null);

    /// <summary>A checkpoint is stored and registered. Null for most of the later ones.</summary>
    public Activity? Store(Checkpoint checkpoint) => Spans.Shows(++_checkpoints, Checkpoints)
        ? Start("trial.checkpoint").With("epoch", checkpoint.Epoch).With("batch", checkpoint.Batch)
        : null;

    /// <summary>The result is delivered to the trial.</summary>
    public Activity? Deliver(TrialResult result)
    {
        var span = Start("trial.result").With("status", result.Status);
        return result.Status is TrialStatus.Failed ? span.Failed(result.Reason) : span;
    }

    /// <summary>The lease is handed back to the trial.</summary>
    public Activity? HandBack(string? refusal) => Start("trial.handback").With("refusal", refusal);

    private Activity? Start(string name) =>
        Spans.Start(name, lease.Trace).With("sweep", lease.Sweep).With("trial", lease.Trial).With("fence", lease.Fence);
}
