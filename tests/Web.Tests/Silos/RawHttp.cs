using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Siamese.Web.Tests.Silos;

/// <summary>An answer as it came over the connection.</summary>
/// <param name="Status">Its status; 0 if the connection was closed without one.</param>
/// <param name="Head">Its headers, as text.</param>
/// <param name="Body">What followed.</param>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    /// <summary>The document in JSON that the body is, which may have come in chunks.</summary>
    public string Document => Body[Body.IndexOf('{', StringComparison.Ordinal)..(Body.LastIndexOf('}') + 1)];
}

/// <summary>A connection over which anything can be sent, valid or not.</summary>
internal sealed class RawHttp : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;

    private RawHttp(TcpClient client) => _client = client;

    public static async Task<RawHttp> Connect(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        return new(client);
    }

    /// <summary>The start of a request with a body that has not been sent.</summary>
    /// <param name="http">Its address and its key.</param>
    /// <param name="path">What is posted to.</param>
    /// <param name="bytes">Stated length of the body.</param>
    public static string Post(HttpClient http, string path, long bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"POST /api/v1/{path} HTTP/1.1\r\nHost: {http.BaseAddress!.Authority}\r\nAuthorization: {http.DefaultRequestHeaders.Authorization ?? new AuthenticationHeaderValue("none")}\r\nContent-Type: application/json\r\nContent-Length: {bytes}\r\n\r\n");

    /// <summary>Sends a request over a connection of its own and reads until the other side closes it.</summary>
    public static async Task<RawAnswer> Ask(Uri address, string request)
    {
        using var connection = await Connect(address);
        await connection.Send(request);
        return await connection.ReadToEnd();
    }

    public async Task Send(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads until the other side closes the connection.</summary>
    public async Task<RawAnswer> ReadToEnd()
    {
        using var limit = new CancellationTokenSource(_patience);
        using var received = new MemoryStream();
        try
        {
            await _client.GetStream().CopyToAsync(received, limit.Token);
        }
        catch (IOException)
        {
            // It was closed while something of ours was on its way.
        }

        var text = Encoding.UTF8.GetString(received.ToArray());
        if (!text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            return new(0, "", text);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }

    public void Dispose() => _client.Dispose();
}
