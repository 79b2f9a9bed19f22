using Bunit;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Page.Sweeps;

namespace Siamese.Web.Tests.Components;

public sealed class TrialTableTests : BunitContext
{
    [Fact]
    public void A_sweep_without_trials_has_an_empty_table_and_a_filter()
    {
        var table = Table(Some.Sweep());

        Assert.Equal("0 trials", table.Find("caption").TextContent);
        Assert.Empty(table.FindAll("tbody tr"));
        Assert.Equal(["completed 0", "running 0", "waiting 0"], table.FindAll("fieldset label").Select(label => label.TextContent).Order());
        Assert.Empty(table.FindAll("#trials-pages"));
    }

    [Fact]
    public void A_trial_without_a_result_has_no_figures()
    {
        var row = Table(Some.Sweep(trials: [Some.Trial(TrialStatus.Waiting)])).Find("tbody tr");

        Assert.Equal(["01234567", "-", "-", "-", "-", "waiting"], row.Children.Select(cell => cell.TextContent.Trim()));
    }

    [Theory]
    [InlineData(TrialStatus.Waiting, false)]
    [InlineData(TrialStatus.Cancelled, false)]
    [InlineData(TrialStatus.Running, true)]
    [InlineData(TrialStatus.Failed, true)]
    public void Only_a_trial_that_has_begun_has_a_page_to_link_to(TrialStatus status, bool isLinked)
    {
        var heading = Table(Some.Sweep(trials: [Some.Trial(status)])).Find("tbody tr th");

        Assert.Equal(isLinked ? 1 : 0, heading.QuerySelectorAll("a").Length);
        Assert.Single(heading.QuerySelectorAll("code[title]"));
    }

    [Fact]
    public void A_figure_that_is_not_a_number_is_not_shown_as_one()
    {
        var result = new TrialResult { Status = TrialStatus.Unusable, Validation = new PairMetrics(10, double.NaN, 0, double.PositiveInfinity, 0, 0, 0), Seconds = double.NaN };
        var row = Table(Some.Sweep(trials: [Some.Trial(TrialStatus.Unusable) with { Result = result }])).Find("tbody tr");

        Assert.Equal(["01234567", "-", "-", "0", "-", "unusable"], row.Children.Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public void Each_column_in_which_trials_differ_has_a_heading_and_a_value()
    {
        var column = new TrialColumn(Some.Nasty, "margin", trial => $"<{trial.Seed}>");
        var table = Table(Some.Sweep(trials: [Some.Trial()], varying: [column]));

        Assert.Equal(Some.Nasty, table.FindAll("thead th")[1].TextContent.Trim());
        Assert.Equal("<1>", table.FindAll("tbody tr > *")[1].TextContent);
        Assert.Empty(table.FindAll("b"));
    }

    [Theory]
    [InlineData("eer", "ascending", "Validation EER ▲", "sort=-eer")]
    [InlineData("-eer", "descending", "Validation EER ▼", "")]
    public void The_heading_of_the_order_says_so_and_turns_it_around(string sort, string order, string heading, string turned)
    {
        var ordered = Assert.Single(Table(Some.Sweep(sort: sort)).FindAll("th[aria-sort]"));

        Assert.Equal((order, heading), (ordered.GetAttribute("aria-sort"), ordered.TextContent.Trim()));
        Assert.Equal($"../sweeps/a{(turned.Length > 0 ? "?" : "")}{turned}#trials", ordered.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void The_first_page_leads_to_the_next_and_the_last_to_the_first()
    {
        var first = Table(Some.Sweep(trials: [Some.Trial()], next: "a+b"));
        Assert.Equal(("Next page", "../sweeps/a?after=a%2Bb#trials"), Link(first.Find("#trials-pages")));

        var last = Table(Some.Sweep(trials: [Some.Trial()], after: "a"));
        Assert.Equal(("First page", "../sweeps/a#trials"), Link(last.Find("#trials-pages")));

        static (string, string?) Link(AngleSharp.Dom.IElement pages) => (Assert.Single(pages.Children).TextContent, pages.Children[0].GetAttribute("href"));
    }

    [Fact]
    public void A_condition_stays_in_its_field_and_can_be_cleared()
    {
        var table = Table(Some.Sweep(where: "\"><script>"));

        Assert.Equal("\"><script>", table.Find("input[name=where]").GetAttribute("value"));
        Assert.Equal("../sweeps/a#trials", table.FindAll("form a").Single().GetAttribute("href"));
        Assert.Empty(Table(Some.Sweep()).FindAll("form a"));
    }

    [Fact]
    public void It_says_how_many_trials_are_not_read_yet()
    {
        var model = Some.Sweep(trials: [Some.Trial()]);

        Assert.Empty(Table(model).FindAll("#partial"));
        Assert.Contains("1 of 2,000 trials", Table(model with { Trials = model.Trials with { Trials = 2000 } }).Find("#partial").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reused_trial_says_so() =>
        Assert.Equal("completed reused", Table(Some.Sweep(trials: [Some.Trial() with { Reused = true }])).FindAll("tbody td")[^1].TextContent);

    private IRenderedComponent<TrialTable> Table(SweepModel model) => Render<TrialTable>(parts => parts.Add(table => table.Model, model));
}
