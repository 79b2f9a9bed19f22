namespace Siamese.Web.Limits;

/// <summary>How much a silo does for its HTTP callers at a time. A silo answers verdicts with one thread for each core, and the rest waits in memory.</summary>
/// <param name="Requests">Number of requests in progress, without streams of events.</param>
/// <param name="RequestsOfOne">The same, of one caller.</param>
/// <param name="Streams">Number of streams of events, which hardly cost anything.</param>
/// <param name="StreamsOfOne">The same, of one caller.</param>
/// <param name="Batches">Number of batches of verdicts, each of which keeps up to 200 MB in memory.</param>
/// <param name="BatchesOfOne">The same, of one caller.</param>
/// <param name="Imports">Number of imports, each of which has up to 4 GB in a temporary file.</param>
/// <param name="ImportsOfOne">The same, of one caller.</param>
/// <param name="BodyMegabytes">Megabytes of bodies that are being read or answered.</param>
/// <param name="BodyMegabytesOfOne">The same, of one caller.</param>
internal sealed record RequestLimits(
    int Requests = 512, int RequestsOfOne = 128, int Streams = 1000, int StreamsOfOne = 200, int Batches = 12, int BatchesOfOne = 4, int Imports = 4, int ImportsOfOne = 2, int BodyMegabytes = 256, int BodyMegabytesOfOne = 128);

/// <summary>The places of a silo's requests, streams and bodies.</summary>
internal sealed class RequestPlaces(RequestLimits limits) : IDisposable
{
    private const int Megabyte = 1_000_000;

    public Places Requests { get; } = new("requests", limits.Requests, limits.RequestsOfOne);

    public Places Streams { get; } = new("streams of events", limits.Streams, limits.StreamsOfOne);

    public Places Batches { get; } = new("batches", limits.Batches, limits.BatchesOfOne);

    public Places Imports { get; } = new("imports", limits.Imports, limits.ImportsOfOne);

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
        Batches.Dispose();
        Imports.Dispose();
        _bodies.Dispose();
    }
}
