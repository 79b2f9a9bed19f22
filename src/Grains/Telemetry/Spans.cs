using System.Diagnostics;
using System.Numerics;

namespace Siamese.Grains.Telemetry;

/// <summary>
/// Spans that hang below one from another process or another time. A context is kept and sent as a W3C `traceparent`. Only
/// short spans have others below them, because a silo that dies loses the spans that it has not ended.
/// </summary>
internal static class Spans
{
    /// <summary>Starts a span, which is the current one until it is disposed. Null, at no cost, if nobody collects traces.</summary>
    /// <param name="name">What happens.</param>
    /// <param name="parent">Context of the span above; null if there is none, or if it was begun without telemetry: then this is the first of a trace.</param>
    /// <param name="began">When it began, if that is not now.</param>
    public static Activity? Start(string name, string? parent, DateTimeOffset began = default)
    {
        if (!SiameseTelemetry.Source.HasListeners())
            return null;
        _ = ActivityContext.TryParse(parent, traceState: null, isRemote: true, out var context);
        return SiameseTelemetry.Source.StartActivity(name, ActivityKind.Internal, context, startTime: began);
    }

    public static Activity? With<T>(this Activity? span, string tag, T value) => span?.SetTag($"siamese.{tag}", value);

    public static Activity? Failed(this Activity? span, string? why) => span?.SetStatus(ActivityStatusCode.Error, why);

    /// <summary>
    /// Whether to show an item of a sequence that may become very long: the first ones, then those whose number is a power of
    /// two. Of n items, about log2(n) more than the first ones are shown.
    /// </summary>
    /// <param name="number">From 1.</param>
    /// <param name="first">The number of items that are all shown.</param>
    public static bool Shows(int number, int first) => number <= first || BitOperations.IsPow2(number);
}
