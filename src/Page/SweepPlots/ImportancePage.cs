using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Layout;
using Siamese.Plots.Drawing;
using Siamese.Plots.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Requests;
using Siamese.Web.Sweeps.Trials;

namespace Siamese.Page.SweepPlots;

/// <summary>Which hyperparameters of a sweep mattered.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Sweep">The sweep's name.</param>
/// <param name="Report">What is known; null if there is nothing to say yet.</param>
/// <param name="Reason">Why there is nothing to say; null if there is something.</param>
/// <param name="Bars">The shares; null if there are too few points for them.</param>
public sealed record ImportanceModel(Visitor Visitor, string Sweep, ImportanceReport? Report, string? Reason, Picture? Bars);

/// <summary>The page about the importance of hyperparameters, which takes seconds for many trials; the sweep's page loads it too.</summary>
internal static class ImportancePage
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/sweeps/{sweep}/importance", Show);

    [Needs(Role.Read)]
    public static async Task<IResult> Show(string sweep, HttpContext context, GrainCalls calls)
    {
        await KnownSweep.Find(sweep, calls);
        try
        {
            var report = await TrialViews.Importance(sweep, calls);
            return new HtmlPage<ImportanceView>(new ImportanceModel(Visitor.Of(context), sweep, report, null, ImportanceBars.Of(Format.Page, report)));
        }
        catch (BadInputException nothing) when (nothing.Fault is InputFault.Invalid)
        {
            return new HtmlPage<ImportanceView>(new ImportanceModel(Visitor.Of(context), sweep, null, nothing.Message, null));
        }
    }
}
