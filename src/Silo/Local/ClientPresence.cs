using Siamese.Contracts.Connections;

namespace Siamese.Silo.Local;

/// <summary>Records when a client last called.</summary>
internal sealed class ClientPresence(TimeProvider time) : IIncomingGrainCallFilter
{
    /// <summary>How the ids of the client inside every silo start. Its calls count only if it makes them for somebody, with a ticket.</summary>
    private const string HostedClient = "hosted-";

    private long _seenAt = time.GetTimestamp();

    /// <summary>Time since a client last called.</summary>
    public TimeSpan AbsentFor => time.GetElapsedTime(Interlocked.Read(ref _seenAt));

    private static bool HasTicket => RequestContext.Get(ClientAccess.TicketName) is not null;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is { } source && source.IsClient() && (!source.Key.ToString()!.StartsWith(HostedClient, StringComparison.Ordinal) || HasTicket))
            Interlocked.Exchange(ref _seenAt, time.GetTimestamp());
        return context.Invoke();
    }
}
