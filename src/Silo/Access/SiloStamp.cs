using System.Globalization;
using System.Reflection;
using System.Text;
using Siamese.Contracts.Connections;
using Siamese.Grains.Access;

namespace Siamese.Silo.Access;

/// <summary>
/// Marks the calls of silos, which a client cannot imitate: Orleans believes what a message says about its sender. A mark is
/// valid for one method of one grain and some minutes, because Orleans sends it back with the answer, and a client that poses
/// as the receiver of that answer would learn it.
/// </summary>
/// <remarks>
/// A silo also calls on behalf of those who use its HTTP API, with their tickets. These calls get no mark, so that they may do
/// what the tickets allow and no more.
/// </remarks>
internal sealed class SiloStamp(ClusterSecrets secrets, TimeProvider time) : IOutgoingGrainCallFilter
{
    private const string Name = "siamese.silo";
    private const string Purpose = "call of a silo";

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.TargetId.IsClient() || IsOnBehalfOfClient(context))
        {
            RequestContext.Remove(Name);
            return context.Invoke();
        }

        // Only calls without a mark need it, and whoever sees one knows that it is such a call.
        RequestContext.Remove(ClientAccess.TicketName);
        RequestContext.Set(Name, secrets.Sign(Purpose, Call(context.TargetId, context.InterfaceMethod, Window)));
        return context.Invoke();
    }

    /// <summary>Whether the call that is being received comes from a silo of this cluster.</summary>
    public bool IsOn(IIncomingGrainCallContext context) =>
        RequestContext.Get(Name) is byte[] mark
        && new[] { Window, Window - 1, Window + 1 }.Any(window => secrets.IsValid(Purpose, Call(context.TargetId, context.InterfaceMethod, window), mark));

    /// <summary>Number of the current window of time; clocks of silos may differ by one window.</summary>
    private long Window => time.GetUtcNow().Ticks / _window.Ticks;

    /// <summary>
    /// Whether the silo itself calls with somebody's ticket. What a grain calls while it answers a client is marked although the
    /// client's ticket is still there: the client is known by then. That holds for threads that a grain starts, too, which
    /// Orleans cannot tell from the rest of the silo. Orleans' own calls to other silos are always marked.
    /// </summary>
    private static bool IsOnBehalfOfClient(IOutgoingGrainCallContext context) =>
        RequestContext.Get(ClientAccess.TicketName) is not null && CallingClient.Name is null && !context.TargetId.IsSystemTarget();

    private static byte[] Call(GrainId target, MethodInfo method, long window) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{target} {method.DeclaringType!.FullName}.{method.Name} {window}"));
}
