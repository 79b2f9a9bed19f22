using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Siamese.Contracts.Connections;

/// <summary>Who may connect: both sides of a connection prove who they are before Orleans sees a byte, because it has no authentication of its own.</summary>
public interface IConnectionGuard
{
    /// <summary>Demands of every peer that connects to prove that it belongs here.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="admit">Returns what to send to an admitted peer, such as its ticket; takes its certificate, or null without TLS.</param>
    /// <param name="onRefusal">Called with each connection that failed, and the reason.</param>
    void Accept(IConnectionBuilder connections, Func<X509Certificate2?, byte[]> admit, Action<ConnectionContext, string> onRefusal);

    /// <summary>Proves to the silo that we belong there, and demands the same of the silo.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="onWelcome">Called with what the silo sends when it admits us.</param>
    /// <param name="onRefusal">Called with each connection that failed, and the reason.</param>
    void Open(IConnectionBuilder connections, Action<byte[]> onWelcome, Action<ConnectionContext, string> onRefusal);
}
