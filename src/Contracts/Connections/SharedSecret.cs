using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Siamese.Contracts.Connections;

/// <summary>
/// Connections in clear text between peers that know a secret. Each side sends a random number and proves with it that it
/// knows the secret (a challenge and response with HMAC-SHA256, RFC 2104); the secret itself is never sent.
/// </summary>
/// <param name="secret">Read for each connection: any number of bytes. Peers with an empty secret admit each other, and thereby everybody.</param>
public sealed class SharedSecret(Func<byte[]> secret) : IConnectionGuard
{
    private const int NonceBytes = 32;

    /// <summary>What the connecting side sends first, with its random number.</summary>
    private static readonly byte[] _greeting = "siamese1"u8.ToArray();

    /// <param name="secret">A secret that stays the same.</param>
    public SharedSecret(byte[] secret)
        : this(() => secret)
    {
    }

    /// <summary>Admits everybody who greets.</summary>
    public static SharedSecret None { get; } = new([]);

    /// <inheritdoc/>
    public void Accept(IConnectionBuilder connections, Func<X509Certificate2?, byte[]> admit, Action<ConnectionContext, string> onRefusal) =>
        connections.Use(next => context => Greet(context, next, onRefusal, async (stream, cancellation) =>
        {
            var port = PortOf(context.LocalEndPoint);
            var greeting = new byte[_greeting.Length + NonceBytes];
            var read = await stream.ReadAtLeastAsync(greeting, greeting.Length, throwOnEndOfStream: false, cancellation);
            if (read == 0)
                throw new ConnectionAbortedException("Only looked whether the port is open.");
            if (!greeting.AsSpan(0, read).StartsWith(_greeting))
                throw new ConnectionRefusedException("it does not greet as a Siamese client of this build does; it may use TLS");
            var (theirs, ours) = (greeting[_greeting.Length..], RandomNumberGenerator.GetBytes(NonceBytes));
            await stream.WriteAsync((byte[])[.. ours, .. Proof("silo"u8, theirs, ours, port)], cancellation);
            var proof = new byte[HMACSHA256.HashSizeInBytes];
            await stream.ReadExactlyAsync(proof, cancellation);
            try
            {
                if (!CryptographicOperations.FixedTimeEquals(proof, Proof("client"u8, ours, theirs, port)))
                    throw new ConnectionRefusedException("it does not know the secret");
                await Welcome.Admit(stream, admit(null), cancellation);
            }
            catch (ConnectionRefusedException e)
            {
                await Welcome.Refuse(stream, e.Message, cancellation);
                throw;
            }
        }));

    /// <inheritdoc/>
    public void Open(IConnectionBuilder connections, Action<byte[]> onWelcome, Action<ConnectionContext, string> onRefusal) =>
        connections.Use(next => context => Greet(context, next, onRefusal, async (stream, cancellation) =>
        {
            var (ours, port) = (RandomNumberGenerator.GetBytes(NonceBytes), PortOf(context.RemoteEndPoint));
            await stream.WriteAsync((byte[])[.. _greeting, .. ours], cancellation);
            var answer = new byte[NonceBytes + HMACSHA256.HashSizeInBytes];
            await stream.ReadExactlyAsync(answer, cancellation);
            var (theirs, proof) = (answer[..NonceBytes], answer.AsMemory(NonceBytes));
            if (!CryptographicOperations.FixedTimeEquals(proof.Span, Proof("silo"u8, ours, theirs, port)))
                throw new ConnectionRefusedException("the silo has another secret; state --secret with the file `secret` in the data folder of its user");
            await stream.WriteAsync(Proof("client"u8, theirs, ours, port), cancellation);
            onWelcome(await Welcome.Read(stream, cancellation));
        }));

    private byte[] Proof(ReadOnlySpan<byte> side, byte[] challenge, byte[] own, int port) =>
        HMACSHA256.HashData(secret(), (byte[])[.. side, .. challenge, .. own, .. BitConverter.GetBytes(port)]);

    /// <summary>The silo's port, which both sides see unless somebody between them passes on what they say.</summary>
    private static int PortOf(EndPoint? endpoint) => endpoint is IPEndPoint { Port: var port } ? port : 0;

    private static async Task Greet(
        ConnectionContext context, ConnectionDelegate next, Action<ConnectionContext, string> onRefusal, Func<Stream, CancellationToken, Task> greeting)
    {
        await using (var stream = new DuplexStream(context.Transport))
        {
            try
            {
                using var limit = new CancellationTokenSource(Handshake.Limit);
                await greeting(stream, limit.Token);
            }
            catch (Exception e) when (e is ConnectionRefusedException or IOException or (OperationCanceledException and not ConnectionAbortedException))
            {
                onRefusal(context, Explain(e));
                throw new ConnectionAbortedException("The greeting failed.", e);
            }
        }

        await next(context);
    }

    private static string Explain(Exception failure) => failure switch
    {
        ConnectionRefusedException => failure.Message,
        OperationCanceledException => "the greeting took too long",
        _ => "the other side ended the greeting; it may require TLS (--tls-certificate), have another secret, or be of another build",
    };
}
