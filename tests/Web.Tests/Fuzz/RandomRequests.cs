using System.Text;
using Microsoft.OpenApi;

namespace Siamese.Web.Tests.Fuzz;

/// <summary>Invents requests that are nearly those of the API's operations.</summary>
internal sealed class RandomRequests
{
    private static readonly string[] _methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"];
    private static readonly string[] _mediaTypes = ["application/json", "application/json; charset=utf-16", "multipart/form-data; boundary=b", "multipart/form-data", "application/x-ndjson", "application/zip", "image/png", "text/plain", "a/b/c", "*/*"];
    private static readonly (string Name, string[] Values)[] _headers =
    [
        ("Last-Event-ID", ["1", "x", "-1", "1.completed", "999999999999"]),
        ("Idempotency-Key", ["k", "\"k\"", "", new('k', 300)]),
        ("Accept", ["text/html", "application/json", "*/*;q=x", ""]),
        ("Authorization", ["Bearer", "Bearer x", "Basic eA==", "Bearer siamese_a_b"]),
        ("Content-Encoding", ["gzip", "x"]),
        ("Expect", ["100-continue"]),
        ("Origin", ["null", "https://example.com"]),
        ("Range", ["bytes=0-", "x"]),
        ("X-Forwarded-For", ["1.2.3.4", "x"]),
        ("If-None-Match", ["*"]),
        ("Cookie", ["siamese-key=x", "siamese-form=;;;"]),
    ];

    private readonly Random _random;
    private readonly RandomJson _json;
    private readonly (HttpMethod Method, string Path, OpenApiOperation Operation)[] _operations;

    /// <param name="document">Describes the API.</param>
    /// <param name="seed">Seed of the choices.</param>
    public RandomRequests(OpenApiDocument document, int seed)
    {
        _random = new Random(seed);
        _json = new RandomJson(_random);
        _operations = [.. document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (operation.Key, path.Key, operation.Value)))];
    }

    /// <summary>A request to an address below a server's.</summary>
    public HttpRequestMessage Next(Uri server)
    {
        var (method, path, operation) = _operations[_random.Next(_operations.Length)];
        foreach (var parameter in operation.Parameters ?? [])
        {
            if (parameter.In is ParameterLocation.Path)
                path = path.Replace($"{{{parameter.Name}}}", Escaped(parameter.Name == "version" && _random.Next(4) > 0 ? "1" : _random.Next(2) == 0 ? "trained" : _json.Text()), StringComparison.Ordinal);
        }

        var query = string.Join('&', (operation.Parameters ?? []).Where(parameter => parameter.In is ParameterLocation.Query && _random.Next(2) == 0).Select(parameter => $"{parameter.Name}={Escaped(Value(parameter))}"));
        if (_random.Next(20) == 0)
            query += "&x=1&=&%zz";
        var request = new HttpRequestMessage(
            _random.Next(12) == 0 ? new HttpMethod(_methods[_random.Next(_methods.Length)]) : method,
            new Uri($"{server.ToString().TrimEnd('/')}{path}{(query.Length == 0 ? "" : $"?{query}")}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach (var (name, values) in _headers)
        {
            if (_random.Next(25) == 0)
                request.Headers.TryAddWithoutValidation(name, values[_random.Next(values.Length)]);
        }

        if (operation.RequestBody?.Content is { Count: > 0 } content ? _random.Next(12) > 0 : _random.Next(10) == 0)
            request.Content = Body(operation.RequestBody?.Content);
        return request;
    }

    private ByteArrayContent Body(IDictionary<string, OpenApiMediaType>? stated)
    {
        var (type, schema) = stated?.ElementAt(_random.Next(stated.Count)) is { } one ? (one.Key, one.Value.Schema) : ("application/json", null);
        var body = new ByteArrayContent(Damaged(type switch
        {
            "application/json" => Encoding.UTF8.GetBytes(_json.Of(schema)?.ToJsonString() ?? "null"),
            "application/x-ndjson" => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, _random.Next(5)).Select(_ => _json.Of(schema)?.ToJsonString()))),
            "multipart/form-data" => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, _random.Next(4)).Select(_ => Part())) + "--b--\r\n"),
            _ => Bytes(_random.Next(2000)),
        }));
        var sent = _random.Next(12) == 0 ? _mediaTypes[_random.Next(_mediaTypes.Length)] : type == "multipart/form-data" ? "multipart/form-data; boundary=b" : type;
        if (_random.Next(25) > 0)
            body.Headers.TryAddWithoutValidation("Content-Type", sent);
        return body;
    }

    private string Part() =>
        $"--b\r\nContent-Disposition: form-data; name=\"{(_random.Next(2) == 0 ? "first" : _random.Next(2) == 0 ? "second" : _json.Text())}\"{(_random.Next(4) > 0 ? "; filename=\"a.png\"" : "")}\r\n\r\n{_json.Text()}\r\n";

    /// <summary>One in six bodies is cut off, or has some other bytes, or none.</summary>
    private byte[] Damaged(byte[] body)
    {
        switch (_random.Next(18))
        {
            case 0:
                return body[..(body.Length / 2)];
            case 1 when body.Length > 0:
                body[_random.Next(body.Length)] = (byte)_random.Next(256);
                return body;
            case 2:
                return [];
            default:
                return body;
        }
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Value(IOpenApiParameter parameter) => _random.Next(3) == 0 ? _json.Text() : _json.Of(parameter.Schema)?.ToString() ?? "";

    private string Escaped(string text) => _random.Next(20) == 0 ? "%GG%00" : Uri.EscapeDataString(text);
}
