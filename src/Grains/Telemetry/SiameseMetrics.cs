using System.Diagnostics.Metrics;
using System.Reflection;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Telemetry;

/// <summary>
/// Our own metrics, in addition to those of Orleans. A metric has one series for each value of its labels, so a label is a
/// value of an enum or a method of the code: never a name, an id or a text, of which a silo meets any number.
/// </summary>
public static class SiameseMetrics
{
    private static readonly Meter _meter = new(SiameseTelemetry.Name);

    private static readonly Counter<long> _sweepsSubmitted = _meter.CreateCounter<long>("siamese.sweeps.submitted", "{sweep}", "Sweeps submitted.");

    private static readonly Counter<long> _trialsEnded = _meter.CreateCounter<long>("siamese.trials.ended", "{trial}", "Trials that ended, by status.");

    private static readonly Counter<long> _staleReports = _meter.CreateCounter<long>("siamese.reports.stale", "{report}", "Reports and results that were refused because their fence was old.");

    private static readonly Counter<long> _refusedCalls = _meter.CreateCounter<long>("siamese.calls.refused", "{call}", "Calls of clients that were refused, by method.");

    private static readonly Counter<long> _refusedConnections = _meter.CreateCounter<long>("siamese.connections.refused", "{connection}", "Connections that were refused or closed before their peers identified themselves, by peers and reason.");

    private static readonly Counter<long> _refusedRequests = _meter.CreateCounter<long>("siamese.requests.refused", "{request}", "Requests over HTTP that were refused or sent away for some time, by problem.");

    private static readonly Counter<long> _epochs = _meter.CreateCounter<long>("siamese.epochs", "{epoch}", "Epochs trained.");

    private static readonly Histogram<double> _trialSeconds = _meter.CreateHistogram<double>("siamese.trial.duration", "s", "Training time of trials that ended.");

    private static readonly Histogram<double> _proposalSeconds = _meter.CreateHistogram<double>("siamese.proposal.duration", "s", "Time that an adaptive search took to propose its next point.");

    private static readonly Histogram<double> _verdictMilliseconds = _meter.CreateHistogram<double>("siamese.verdict.duration", "ms", "Time that a verdict took in the silo.");

    public static void SweepSubmitted() => _sweepsSubmitted.Add(1);

    public static void TrialEnded(TrialStatus status, double seconds)
    {
        _trialsEnded.Add(1, new KeyValuePair<string, object?>("siamese.status", status));
        _trialSeconds.Record(seconds);
    }

    public static void ReportRefused() => _staleReports.Add(1);

    public static void CallRefused(MethodInfo method) =>
        _refusedCalls.Add(1, new KeyValuePair<string, object?>("siamese.method", $"{method.DeclaringType!.Name}.{method.Name}"));

    public static void ConnectionRefused(Peers peers, ConnectionRefusal reason) =>
        _refusedConnections.Add(1, Lower("siamese.peers", peers), Lower("siamese.reason", reason));

    public static void RequestRefused(RequestRefusal problem) => _refusedRequests.Add(1, new KeyValuePair<string, object?>("siamese.problem", Words.Of(problem)));

    public static void EpochTrained() => _epochs.Add(1);

    public static void PointProposed(double seconds) => _proposalSeconds.Record(seconds);

    public static void VerdictGiven(double milliseconds) => _verdictMilliseconds.Record(milliseconds);

    private static KeyValuePair<string, object?> Lower(string label, Enum value) => new(label, value.ToString().ToLowerInvariant());
}
