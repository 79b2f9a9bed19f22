using System.Data.Common;
using Siamese.Grains.Data;

namespace Siamese.Grains.Storage;

/// <summary>Failures that say nothing of what was to be done: a store that is away or full, or a silo that cannot have the data.</summary>
internal static class Transient
{
    public static bool Is(Exception e) => e is DbException or IOException or TimeoutException or DataUnavailableException;
}
