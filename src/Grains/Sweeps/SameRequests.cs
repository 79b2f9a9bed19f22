using System.Text.Json;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

/// <summary>Whether two requests ask for the same; records compare their lists by reference, so these are compared as text.</summary>
internal static class SameRequests
{
    public static bool Are(SweepRequest one, SweepRequest other) => Text(one) == Text(other);

    private static string Text(SweepRequest request) =>
        JsonSerializer.Serialize(request with { StartWhenPrepared = true, Slots = null, Retries = 0 });
}
