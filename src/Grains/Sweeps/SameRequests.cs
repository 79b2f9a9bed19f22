using System.Text.Json;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Sweeps;

/// <summary>Whether two requests ask for the same sweep. Records compare their lists by reference, so the requests are compared as text.</summary>
internal static class SameRequests
{
    public static bool Are(SweepRequest one, SweepRequest other) => Text(one) == Text(other);

    private static string Text(SweepRequest request) =>
        JsonSerializer.Serialize(request with { Space = InOrder(request.Space), StartWhenPrepared = true, Slots = null, Retries = 0 });

    /// <summary>The order of values decides the order of the trials; the order of hyperparameters does not matter.</summary>
    private static SearchSpace InOrder(SearchSpace space) =>
        space with { Dimensions = [.. space.Dimensions.OrderBy(dimension => dimension.Hyperparameter, StringComparer.Ordinal).Select(dimension => dimension with { IsDefault = false })] };
}
