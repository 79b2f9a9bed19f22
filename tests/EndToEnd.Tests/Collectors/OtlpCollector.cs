using System.Collections.Concurrent;
using System.Net;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Collectors;

/// <summary>A collector of OpenTelemetry on loopback, over HTTP. It keeps everything that it receives.</summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Span> _spans = [];
    private readonly ConcurrentQueue<LogLine> _log = [];
    private readonly ConcurrentQueue<Metric> _metrics = [];
    private readonly ConcurrentQueue<Exception> _faults = [];

    public OtlpCollector()
    {
        Endpoint = $"http://localhost:{HandStartedSilo.FreePort()}";
        _listener.Prefixes.Add($"{Endpoint}/");
        _listener.Start();
        _ = Serve();
    }

    public string Endpoint { get; }

    public Span[] Spans => Checked(_spans);

    public LogLine[] Log => Checked(_log);

    public Metric[] Metrics => Checked(_metrics);

    /// <summary>The environment of a silo that sends everything here, without much delay.</summary>
    public (string, string)[] Environment =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", Endpoint),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "50"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "50"),
    ];

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                Receive(call.Request.Url!.AbsolutePath, new ProtoMessage(body.ToArray()));
            }
            catch (Exception e)
            {
                _faults.Enqueue(e);
            }

            call.Response.Close();
        }
    }

    /// <summary>The numbers are those of opentelemetry-proto.</summary>
    private void Receive(string path, ProtoMessage request)
    {
        foreach (var process in request.All(1))
        {
            var resource = new Attributes(process.One(1).All(1));
            foreach (var one in process.All(2).SelectMany(scope => scope.All(2)))
            {
                switch (path)
                {
                    case "/v1/traces":
                        _spans.Enqueue(new(one.Hex(1), one.Hex(2), one.Hex(4), one.Text(5), one.Number(7), one.Number(8), new(one.All(9)), [.. one.All(11).Select(its => its.Text(2))], resource));
                        break;
                    case "/v1/logs":
                        _log.Enqueue(new(one.Hex(9), one.Hex(10), one.One(5).Text(1), new(one.All(6)), resource));
                        break;
                    case "/v1/metrics":
                        Attributes[] series = [.. one.One(7).All(1).Select(point => new Attributes(point.All(7))), .. one.One(9).All(1).Select(point => new Attributes(point.All(9)))];
                        _metrics.Enqueue(new(one.Text(1), series, resource));
                        break;
                    default:
                        throw new InvalidDataException($"Nothing is sent to {path}.");
                }
            }
        }
    }

    private T[] Checked<T>(ConcurrentQueue<T> received)
    {
        Assert.Empty(_faults);
        return [.. received];
    }
}
