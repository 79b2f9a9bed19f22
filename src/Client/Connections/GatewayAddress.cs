using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Siamese.Contracts;

namespace Siamese.Client.Connections;

/// <summary>The address, given by the user, at which a silo accepts clients.</summary>
internal sealed record GatewayAddress(string Host, int Port)
{
    /// <summary>Reads `HOST:PORT`, `[::1]:PORT` for IPv6.</summary>
    /// <exception cref="BadInputException">It does not have that form.</exception>
    public static GatewayAddress Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon] : "";
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal))
            host = "";
        if (host.Length == 0
            || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
        {
            throw new BadInputException($"--silo: '{text}' is not HOST:PORT, such as 10.0.0.7:{ClusterNames.DefaultGatewayPort}.");
        }
        return new(host, port);
    }

    /// <summary>Resolves the host: one name may stand for many silos. IPv4 if it has both; empty if it is unknown.</summary>
    public async Task<IPEndPoint[]> Resolve(CancellationToken cancellation)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(Host, cancellation);
            var has4 = addresses.Any(address => address.AddressFamily == AddressFamily.InterNetwork);
            return [.. addresses.Where(address => !has4 || address.AddressFamily == AddressFamily.InterNetwork).Select(address => new IPEndPoint(address, Port))];
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
