using System.Reflection;
using Siamese.Contracts.Access;

namespace Siamese.Silo.Access;

/// <summary>What a method of a grain demands of a client.</summary>
/// <param name="Role">The role that it needs at least; null if only silos may call it.</param>
/// <param name="IsAudited">Whether calls go into the audit log.</param>
internal sealed record Demand(Role? Role, bool IsAudited)
{
    /// <summary>What Orleans' own client calls by itself: to learn which grains there are, and to cancel its calls.</summary>
    private static readonly HashSet<string> _ofEveryClient =
    [
        "Orleans.Runtime.IClusterManifestSystemTarget",
        "Orleans.Runtime.ICancellationSourcesExtension",
        "Orleans.Runtime.IGrainCallCancellationExtension",
    ];

    public static Demand Of(MethodInfo method)
    {
        if (method.GetCustomAttribute<MayAttribute>() is { } may)
            return new(may.Role, may.IsAudited);
        if (_ofEveryClient.Contains(method.DeclaringType!.FullName!))
            return new(Contracts.Access.Role.Read, false);
        return new(method.DeclaringType == typeof(IManagementGrain) ? Contracts.Access.Role.Administer : null, true);
    }
}
