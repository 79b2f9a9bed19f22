using System.Collections.Concurrent;
using System.Reflection;
using Siamese.Contracts.Access;

namespace Siamese.Silo.Admission;

/// <summary>Calls that change something. They are completed although nobody waits for them, because they might leave half of their work behind.</summary>
internal static class Changes
{
    private static readonly ConcurrentDictionary<MethodInfo, bool> _known = [];

    /// <summary>Whether calls of a method are such calls.</summary>
    public static bool Are(MethodInfo method) => _known.GetOrAdd(method, static method => method.GetCustomAttribute<MayAttribute>() is not { IsAudited: false });
}
