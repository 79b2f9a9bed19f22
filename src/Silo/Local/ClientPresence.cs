namespace Siamese.Silo.Local;

/// <summary>When a client was last heard of.</summary>
internal sealed class ClientPresence(TimeProvider time) : IIncomingGrainCallFilter
{
    /// <summary>Ids of the client that is part of every silo start so; it is ourselves.</summary>
    private const string HostedClient = "hosted-";

    private long _seenAt = time.GetTimestamp();

    /// <summary>How long no client has called.</summary>
    public TimeSpan AbsentFor => time.GetElapsedTime(Interlocked.Read(ref _seenAt));

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is { } source && source.IsClient() && !source.Key.ToString()!.StartsWith(HostedClient, StringComparison.Ordinal))
            Interlocked.Exchange(ref _seenAt, time.GetTimestamp());
        return context.Invoke();
    }
}
