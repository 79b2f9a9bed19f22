using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Siamese.Grains.Telemetry;

/// <summary>Our own traces and metrics, in addition to those of Orleans.</summary>
public static class SiameseTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Siamese";

    private static readonly Meter _meter = new(Name);

    public static readonly ActivitySource Source = new(Name);

    public static readonly Counter<long> SweepsSubmitted = _meter.CreateCounter<long>("siamese.sweeps.submitted", "{sweep}", "Sweeps submitted.");

    public static readonly Counter<long> TrialsEnded = _meter.CreateCounter<long>("siamese.trials.ended", "{trial}", "Trials that ended, by status.");

    public static readonly Counter<long> StaleReports = _meter.CreateCounter<long>("siamese.reports.stale", "{report}", "Reports and results that were refused because their fence was old.");

    public static readonly Counter<long> Refusals = _meter.CreateCounter<long>("siamese.calls.refused", "{call}", "Calls of clients that were refused, by method.");

    public static readonly Counter<long> RefusedConnections = _meter.CreateCounter<long>("siamese.connections.refused", "{connection}", "Connections that were refused or closed before their peers identified themselves, by peers and reason.");

    public static readonly Counter<long> Epochs = _meter.CreateCounter<long>("siamese.epochs", "{epoch}", "Epochs trained.");

    public static readonly Histogram<double> TrialSeconds = _meter.CreateHistogram<double>("siamese.trial.duration", "s", "Training time of trials that ended.");

    public static readonly Histogram<double> ProposalSeconds = _meter.CreateHistogram<double>("siamese.proposal.duration", "s", "Time that an adaptive search took to propose its next point.");

    public static readonly Histogram<double> VerdictMilliseconds = _meter.CreateHistogram<double>("siamese.verdict.duration", "ms", "Time that a verdict took in the silo.");

    /// <summary>Tags for an activity or a measurement.</summary>
    public static KeyValuePair<string, object?> Tag(string key, object? value) => new($"siamese.{key}", value);
}
