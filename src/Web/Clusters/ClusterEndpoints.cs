using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Requests;

namespace Siamese.Web.Clusters;

/// <summary>A cluster.</summary>
/// <param name="Gateways">Where Orleans clients reach its silos.</param>
/// <param name="Sweeps">Number of sweeps.</param>
/// <param name="Unfinished">Number of sweeps with work to do.</param>
internal sealed record ClusterDocument(IReadOnlyList<string> Gateways, int Sweeps, int Unfinished);

/// <summary>The cluster itself.</summary>
internal static class ClusterEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cluster", Get);
    }

    /// <summary>The cluster's silos and how much there is to do.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<ClusterDocument>> Get(GrainCalls calls)
    {
        var gateways = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).GetGateways(cancellation));
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        return TypedResults.Ok(new ClusterDocument(gateways, board.Count(entry => !entry.IsImported), board.Count(entry => entry.IsUnfinished)));
    }
}
