using Siamese.Contracts;

namespace Siamese.Grains.Data;

/// <summary>Failures unrelated to the work itself: a store that is unreachable or full, or a silo that cannot get the data or lacks memory.</summary>
internal static class Transient
{
    public static bool Is(Exception e) => e is StoreUnavailableException or IOException or TimeoutException or DataUnavailableException
        // Others may have taken the memory, and give it back. InsufficientMemoryException is one of these.
        or OutOfMemoryException
        // Orleans wraps what its storage throws.
        || (e is OrleansException && e.InnerException is { } within && Is(within));
}
