using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Siamese.Silo.Http;

/// <summary>What the HTTP server of a silo puts up with. The number of connections is limited by <see cref="Admission.ConnectionGates"/>.</summary>
internal static class KestrelLimits
{
    /// <summary>Time for a TLS handshake, and then for the headers of a request.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of a body in a second, after <see cref="Patience"/>.</summary>
    public const int BodyBytesPerSecond = 4096;

    public static void Apply(KestrelServerLimits limits)
    {
        limits.RequestHeadersTimeout = Patience;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        // Operations that take more say so.
        limits.MaxRequestBodySize = 1_000_000;
        limits.MinRequestBodyDataRate = new(BodyBytesPerSecond, Patience);
        limits.MinResponseDataRate = new(240, Patience);
    }
}
