using System.Collections.Concurrent;
using System.Diagnostics;
using Siamese.Grains.Telemetry;

namespace Siamese.Grains.Tests.Telemetry;

/// <summary>The spans that end while a test runs, also those of other tests: a test picks its own by its trace.</summary>
internal sealed class EndedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public EndedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SiameseTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>A context under which no other test has spans.</summary>
    public static string NewContext() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";

    /// <summary>The spans of the trace of a context.</summary>
    public Activity[] Of(string? context)
    {
        var trace = ActivityContext.Parse(context!, null).TraceId;
        return [.. _ended.Where(span => span.TraceId == trace)];
    }

    public void Dispose() => _listener.Dispose();
}
