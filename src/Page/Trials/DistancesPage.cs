using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Trials;
using Siamese.Page.Layout;
using Siamese.Plots.Drawing;
using Siamese.Plots.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Requests;

namespace Siamese.Page.Trials;

/// <summary>What the page of a trial's distances shows.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Picture">Its distances; null if they cannot be measured.</param>
/// <param name="Reason">Why not; null if they can.</param>
public sealed record DistancesModel(Visitor Visitor, string Trial, Picture? Picture, string? Reason);

/// <summary>The page of a trial's distances, which takes seconds if the data is not in memory; the trial's page loads it too.</summary>
internal static class DistancesPage
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/trials/{trial}/distances", Show);

    [Needs(Role.Read)]
    public static async Task<IResult> Show(string trial, HttpContext context, GrainCalls calls)
    {
        await TrialPage.Find(trial, calls);
        try
        {
            var histogram = await calls.Make((grains, cancellation) => grains.GetGrain<ITrialDistancesGrain>(trial).Measure(cancellation));
            return new HtmlPage<DistancesView>(new DistancesModel(Visitor.Of(context), trial, DistancePlot.Of(Format.Page, histogram), null));
        }
        catch (BadInputException e)
        {
            return new HtmlPage<DistancesView>(new DistancesModel(Visitor.Of(context), trial, null, e.Message));
        }
    }
}
