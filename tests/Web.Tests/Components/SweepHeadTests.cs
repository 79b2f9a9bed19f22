using Bunit;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Sweeps;

namespace Siamese.Web.Tests.Components;

public sealed class SweepHeadTests : BunitContext
{
    [Fact]
    public void A_sweep_that_is_not_planned_yet_says_what_it_does_and_nothing_else()
    {
        var head = Head(Some.Sweep(Some.Progress(SweepPhase.Preparing) with { Reading = new ImagesRead(1200, 5000) }));

        Assert.Equal(["State", "Time"], head.FindAll("dt").Select(term => term.TextContent));
        Assert.Equal("reading the data, 1,200 of 5,000 images", head.Find("dd small").TextContent);
    }

    /// <summary>A browser shows a progress whose maximum is 0 as one that does not know its end.</summary>
    [Fact]
    public void A_plan_without_trials_has_an_empty_bar()
    {
        var bar = Head(Some.Sweep(Some.Progress() with { Plan = Some.Plan(trials: 0) })).Find("progress");

        Assert.Equal(("1", "0"), (bar.GetAttribute("max"), bar.GetAttribute("value")));
    }

    /// <summary>As after a sweep is extended, until its plan is.</summary>
    [Fact]
    public void More_ended_trials_than_planned_fill_the_bar()
    {
        var bar = Head(Some.Sweep(Some.Progress() with { Plan = Some.Plan(trials: 4), EndedInAll = 6 })).Find("progress");

        Assert.Equal(("4", "4"), (bar.GetAttribute("max"), bar.GetAttribute("value")));
    }

    [Fact]
    public void A_problem_a_remark_and_what_was_left_out_are_text()
    {
        var head = Head(Some.Sweep(Some.Progress(SweepPhase.Rejected) with { Problem = Some.Nasty, Plan = Some.Plan() with { DataName = Some.Nasty, Remarks = [Some.Nasty] }, LeftOut = Some.Nasty }));

        Assert.Equal([Some.Nasty, Some.Nasty, Some.Nasty], head.FindAll("p").Select(paragraph => paragraph.TextContent));
        Assert.Equal(("warn", "muted"), (head.FindAll("p")[0].ClassName, head.FindAll("p")[1].ClassName));
        Assert.Empty(head.FindAll("b"));
    }

    [Fact]
    public void An_ensemble_without_validation_figures_has_a_dash()
    {
        var head = Head(Some.Sweep(Some.Progress(SweepPhase.Running) with { Newest = new EnsembleSoFar(2, default, 1, double.NaN) }));

        Assert.Equal("Ensemble so far", head.FindAll("dt")[^1].TextContent);
        Assert.Equal("1 memberversion 2, EER on validation pairs -", head.FindAll("dd")[^1].TextContent);
    }

    [Fact]
    public void Each_action_is_a_link_to_its_question_and_without_any_only_a_comparison_is_offered()
    {
        var model = Some.Sweep(Some.Progress() with { Sweep = "a/b c" });

        Assert.Equal([("Compare with…", "../compare?a=a%2Fb%20c")], Links(model));
        Assert.Equal([("Finish…", "../sweeps/a%2Fb%20c/finish"), ("Compare with…", "../compare?a=a%2Fb%20c")], Links(model with { Actions = [new SweepAction("finish", "Finish", "", Role.Train)] }));

        IEnumerable<(string, string?)> Links(SweepModel shown) => Head(shown).FindAll("#actions a").Select(link => (link.TextContent, link.GetAttribute("href")));
    }

    private IRenderedComponent<SweepHead> Head(SweepModel model) => Render<SweepHead>(parts => parts.Add(head => head.Model, model));
}
