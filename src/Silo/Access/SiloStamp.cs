using System.Globalization;
using System.Reflection;
using System.Text;

namespace Siamese.Silo.Access;

/// <summary>
/// Marks the calls of silos, which a client cannot imitate: Orleans believes what a message says about its sender. A mark is
/// valid for one method of one grain and some minutes, because Orleans sends it back with the answer, and a client that poses
/// as the receiver of that answer would learn it.
/// </summary>
internal sealed class SiloStamp(ClusterSecrets secrets, TimeProvider time) : IOutgoingGrainCallFilter
{
    private const string Name = "siamese.silo";
    private const string Purpose = "call of a silo";

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.TargetId.IsClient())
            RequestContext.Remove(Name);
        else
            RequestContext.Set(Name, secrets.Sign(Purpose, Call(context.TargetId, context.InterfaceMethod, Window)));
        return context.Invoke();
    }

    /// <summary>Whether the call that is being received comes from a silo of this cluster.</summary>
    public bool IsOn(IIncomingGrainCallContext context) =>
        RequestContext.Get(Name) is byte[] mark
        && new[] { Window, Window - 1, Window + 1 }.Any(window => secrets.IsValid(Purpose, Call(context.TargetId, context.InterfaceMethod, window), mark));

    /// <summary>Number of the current window of time; clocks of silos may differ by one window.</summary>
    private long Window => time.GetUtcNow().Ticks / _window.Ticks;

    private static byte[] Call(GrainId target, MethodInfo method, long window) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{target} {method.DeclaringType!.FullName}.{method.Name} {window}"));
}
