using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Serialization.Invocation;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;
using Siamese.Grains.Access;

namespace Siamese.Silo.Access;

/// <summary>Lets clients call only what their role allows, and silos everything.</summary>
internal sealed class AccessFilter(Tickets tickets, SiloStamp stamp, AuditLog audit) : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<MethodInfo, Demand> _demands = [];

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (stamp.IsOn(context) || IsTick(context.Request))
            return context.Invoke();
        var demand = _demands.GetOrAdd(context.InterfaceMethod, Demand.Of);
        var caller = RequestContext.Get(ClientAccess.TicketName) is byte[] ticket ? tickets.Read(ticket) : null;
        if (Refusal(caller, demand) is { } reason)
        {
            audit.Refused(caller, context, reason);
            throw new RefusedException(reason);
        }

        ArgumentCheck.Check(context.InterfaceMethod, context.Request);
        CallingClient.Is(caller!.Name);
        if (demand.IsAudited)
            audit.Called(caller, context);
        return context.Invoke();
    }

    /// <summary>Whether a grain's own timer calls. This class is not sent over connections: there, calls are of generated classes.</summary>
    private static bool IsTick(IInvokable request) => request.GetType().FullName!.StartsWith("Orleans.Runtime.GrainTimer", StringComparison.Ordinal);

    private static string? Refusal(Caller? caller, Demand demand) => demand.Role switch
    {
        _ when caller is null => "The cluster does not know this client, or no longer: connect again, with a valid certificate or secret.",
        null => "Only silos may do this.",
        { } role when caller.Role < role => $"'{caller.Name}' may {Word(caller.Role)}, but this needs the right to {Word(role)}.",
        _ => null,
    };

    private static string Word(Role role) => role.ToString().ToLowerInvariant();
}
