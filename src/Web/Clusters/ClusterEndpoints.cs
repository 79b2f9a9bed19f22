using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Requests;

namespace Siamese.Web.Clusters;

/// <summary>The cluster itself.</summary>
internal static class ClusterEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cluster", Get);
    }

    /// <summary>The cluster's silos with their slots and what is trained in them, and how much there is to do.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<ClusterDocument>> Get(GrainCalls calls)
    {
        var gateways = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).GetGateways(cancellation));
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        var slots = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).GetSlots(cancellation));
        var unfinished = await Task.WhenAll(board.Where(entry => entry.IsUnfinished).Select(entry =>
            calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(entry.Sweep).GetProgress(int.MaxValue, cancellation))));
        return TypedResults.Ok(ClusterDocument.Of(gateways, board, slots, unfinished));
    }
}
