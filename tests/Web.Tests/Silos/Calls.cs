using System.Collections.Concurrent;

namespace Siamese.Web.Tests.Silos;

/// <summary>Counts the calls of a silo's grains.</summary>
internal sealed class Calls : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _counts = [];

    /// <summary>Number of calls of a method.</summary>
    public int Of(string method) => _counts.GetValueOrDefault(method);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _counts.AddOrUpdate(context.InterfaceMethod.Name, 1, (_, count) => count + 1);
        return context.Invoke();
    }
}
