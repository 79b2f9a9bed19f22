using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Siamese.Contracts.Connections;

/// <summary>
/// Gives an Orleans client access to a cluster: it opens connections through a guard, and identifies itself in every call with
/// the newest ticket that a silo gave it.
/// </summary>
/// <example><code>builder.UseOrleansClient(client => new ClientAccess(guard).AddTo(client.Services))</code></example>
/// <param name="guard">How to connect.</param>
/// <param name="onRefusal">Called with the reason why a connection failed.</param>
public sealed class ClientAccess(IConnectionGuard guard, Action<string>? onRefusal = null) : IOutgoingGrainCallFilter
{
    /// <summary>Name of the ticket in the request context.</summary>
    public const string TicketName = "siamese.ticket";

    private volatile byte[]? _ticket;

    /// <summary>
    /// Makes the calls that follow in this flow of control with a ticket. For a silo that calls grains on behalf of somebody
    /// whom it has admitted: its own calls are otherwise allowed everything.
    /// </summary>
    /// <param name="ticket">The ticket of an <see cref="Access.Admission"/>.</param>
    public static void CallWith(ImmutableArray<byte> ticket) => RequestContext.Set(TicketName, ticket.ToArray());

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IOutgoingGrainCallFilter>(this);
        services.Configure<ClientConnectionOptions>(options => options.ConfigureConnection(
            connections => guard.Open(connections, ticket => _ticket = ticket, (_, reason) => onRefusal?.Invoke(reason))));
    }

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (_ticket is { } ticket)
            RequestContext.Set(TicketName, ticket);
        return context.Invoke();
    }
}
