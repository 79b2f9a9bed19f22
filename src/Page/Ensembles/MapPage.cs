using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Maps;
using Siamese.Page.Layout;
using Siamese.Plots.Drawing;
using Siamese.Plots.Ensembles;
using Siamese.Web.Access;
using Siamese.Web.Ensembles;
using Siamese.Web.Requests;

namespace Siamese.Page.Ensembles;

/// <summary>What the page of an embedding map shows.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Classes">The classes, as the address has them.</param>
public sealed record MapModel(Visitor Visitor, EmbeddingMapRequest Request, string Classes, EmbeddingMap Map, Picture Picture);

/// <summary>The embedding map of an ensemble.</summary>
internal static class MapPage
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/ensembles/{ensemble}/versions/{version:int}/map", Show).WithMetadata(PagePolicies.SmallPictures);

    /// <summary>Test images at the places of their embeddings.</summary>
    /// <param name="images">Number of test images.</param>
    /// <param name="classes">Classes to draw, separated by commas; all if it is empty.</param>
    /// <param name="shifts">Whether shifted copies are drawn too.</param>
    [Needs(Role.Train)]
    public static async Task<IResult> Show(string ensemble, int version, HttpContext context, GrainCalls calls, int images = 200, string classes = "", bool shifts = false)
    {
        var known = EnsembleEndpoints.Choose(await EnsembleEndpoints.Versions(ensemble, calls), version).Ensemble;
        var request = new EmbeddingMapRequest
        {
            Version = known.Version,
            Images = images,
            Classes = [.. classes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            HasShifts = shifts,
        };
        request.Check();
        var map = await calls.Make((grains, cancellation) => grains.GetGrain<IEmbeddingMapGrain>(ensemble).Draw(request, cancellation));
        return new HtmlPage<MapView>(new MapModel(Visitor.Of(context), request, classes, map, EmbeddingPlot.Of(Format.Page, map)));
    }
}
