using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;
using Siamese.Page.Layout;
using Siamese.Page.Sweeps;
using Siamese.Plots.Drawing;
using Siamese.Plots.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Requests;
using Siamese.Web.Sweeps.Trials;

namespace Siamese.Page.SweepPlots;

/// <summary>Plots of some trials of a sweep.</summary>
/// <param name="Visitor">Who looks at them.</param>
/// <param name="Sweep">The sweep's name.</param>
/// <param name="Filter">Which trials.</param>
/// <param name="Measured">Number of those that have completed with an EER.</param>
/// <param name="Course">The best result so far.</param>
/// <param name="Parallel">Parallel coordinates; null if nothing varies.</param>
/// <param name="Axes">Its axes.</param>
/// <param name="ByHyperparameter">A plot for each hyperparameter that varies.</param>
public sealed record PlotsModel(Visitor Visitor, string Sweep, TrialFilter Filter, int Measured, Picture? Course, Picture? Parallel, IReadOnlyList<BrushAxis> Axes, IReadOnlyList<Picture> ByHyperparameter);

/// <summary>The page with plots of some trials of a sweep, which the sweep's page loads too.</summary>
internal static class PlotsPage
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/sweeps/{sweep}/plots", Show);

    /// <param name="state">States of the trials.</param>
    /// <param name="where">Conditions on their hyperparameters, separated by spaces.</param>
    [Needs(Role.Read)]
    public static async Task<IResult> Show(string sweep, HttpContext context, GrainCalls calls, string[]? state = null, string? where = null)
    {
        var filter = TrialFilter.Of(state, where, TrialFilter.UsualSort);
        var question = new TrialQuestion { States = [.. filter.States], Where = [.. filter.Conditions] };
        _ = new TrialQuery(question);
        await KnownSweep.Find(sweep, calls);
        var plots = await TrialViews.Plots(sweep, question, calls);
        var labels = new TrialLabels(TrialColumn.Of(plots.Differences).Select(column => column.Heading).ToHashSet());
        TrialReport[] lines = [.. plots.Lines.Order().Select(place => plots.Trials[place])];
        var tried = Tried.Among(lines);
        var parallel = ParallelCoordinates.Of(Format.Page, tried, lines, labels);
        return new HtmlPage<PlotsView>(new PlotsModel(
            Visitor.Of(context),
            sweep,
            filter,
            plots.Measured,
            BestCourse.Of([new Course(sweep, plots.Measured, plots.Course)]),
            parallel,
            parallel is null ? [] : BrushAxis.Of(parallel, tried),
            [.. plots.ByHyperparameter.Select(plot => Of(plot, plots, labels)).OfType<Picture>()]));
    }

    private static Picture? Of(HyperparameterTrials plot, TrialPlots plots, TrialLabels labels)
    {
        TrialReport[] trials = [.. plot.Trials.Order().Select(place => plots.Trials[place])];
        var tried = Tried.Among(trials).FirstOrDefault(one => one.Hyperparameter == Hyperparameter.Named(plot.Hyperparameter));
        return tried is null ? null : EerByHyperparameter.Of(Format.Page, tried, trials, labels);
    }
}
