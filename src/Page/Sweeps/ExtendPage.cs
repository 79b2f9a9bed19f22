using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Requests;

namespace Siamese.Page.Sweeps;

/// <summary>A form with which a sweep gets more points.</summary>
/// <param name="Visitor">Who fills it in.</param>
/// <param name="Progress">The state of the sweep.</param>
/// <param name="Form">Proves that the form is from here.</param>
public sealed record ExtendModel(Visitor Visitor, SweepProgress Progress, FormToken Form);

/// <summary>Asks how many points a sweep gets, and for how long it is trained, and extends it.</summary>
internal static class ExtendPage
{
    public static readonly SweepAction Action = new("extend", "Extend", "Points are added to the sweep, drawn like its other points, and the ensemble is formed again.", Role.Train);

    private const string Points = "points", Minutes = "minutes", Known = "known";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sweeps/{sweep}/extend", Ask);
        pages.MapPost("/sweeps/{sweep}/extend", Extend);
    }

    [Needs(Role.Train)]
    public static async Task<IResult> Ask(string sweep, HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var progress = await KnownSweep.Find(sweep, calls);
        if (!progress.CanExtend)
            throw BadInputException.Conflict($"Sweep '{sweep}' cannot be extended now. A grid has every combination of its values already; other sweeps can be extended while they are trained, and after they have ended.");
        return new HtmlPage<ExtendView>(new ExtendModel(Visitor.Of(context), progress, FormToken.Of(context, antiforgery)));
    }

    [Needs(Role.Train)]
    public static async Task<IResult> Extend(string sweep, HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var form = await Forms.Read(context, antiforgery);
        await KnownSweep.Find(sweep, calls);
        var added = Whole(Points, form[Points].ToString());
        // The total number, so that a form that is sent twice adds nothing more.
        var points = Whole(Known, form[Known].ToString(), least: 0) + added;
        var stop = new StopRule(After: form[Minutes].ToString() is { Length: > 0 } minutes ? TimeSpan.FromMinutes(Whole(Minutes, minutes)) : null);
        await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).Extend(points, stop, cancellation));
        return TypedResults.Redirect(Visitor.Of(context).SweepAt(sweep));
    }

    private static int Whole(string name, string text, int least = 1) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= SweepLimits.Trials
            ? number
            : throw new BadInputException($"'{name}': '{PlainText.Of(text)}' is not a whole number from {least} to {SweepLimits.Trials}.");
}
