namespace Siamese.Web.Limits;

/// <summary>How much a silo does for its HTTP callers at a time. A silo answers verdicts with one thread for each core, and the rest waits in memory.</summary>
/// <param name="Requests">Number of requests in progress, without streams of events.</param>
/// <param name="RequestsOfOne">The same, of one caller.</param>
/// <param name="Streams">Number of streams of events, which hardly cost anything.</param>
/// <param name="StreamsOfOne">The same, of one caller.</param>
/// <param name="BodyMegabytes">Megabytes of bodies that are being read or answered.</param>
/// <param name="BodyMegabytesOfOne">The same, of one caller.</param>
internal sealed record RequestLimits(int Requests = 512, int RequestsOfOne = 128, int Streams = 1000, int StreamsOfOne = 200, int BodyMegabytes = 256, int BodyMegabytesOfOne = 128);

/// <summary>The places of a silo's requests, streams and bodies.</summary>
internal sealed class RequestPlaces(RequestLimits limits) : IDisposable
{
    private const int Megabyte = 1_000_000;

    public Places Requests { get; } = new("requests", limits.Requests, limits.RequestsOfOne);

    public Places Streams { get; } = new("streams of events", limits.Streams, limits.StreamsOfOne);

    private readonly Places _bodies = new("megabytes in the bodies of requests", limits.BodyMegabytes, limits.BodyMegabytesOfOne);

    /// <summary>Takes the places of a body.</summary>
    /// <param name="caller">Id of the caller's key.</param>
    /// <param name="bytes">Its length.</param>
    /// <exception cref="Problems.ProblemException">They are taken.</exception>
    public IDisposable TakeBody(string caller, long bytes) => _bodies.Take(caller, (int)Math.Min(int.MaxValue, (bytes + Megabyte - 1) / Megabyte));

    public void Dispose()
    {
        Requests.Dispose();
        Streams.Dispose();
        _bodies.Dispose();
    }
}
