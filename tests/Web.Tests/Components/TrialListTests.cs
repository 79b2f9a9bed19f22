using Bunit;
using Siamese.Contracts.Trials;
using Siamese.Page.Sweeps;
using Siamese.Page.Trials;

namespace Siamese.Web.Tests.Components;

/// <summary>Tables of trials that did not go well, and of leases.</summary>
public sealed class TrialListTests : BunitContext
{
    [Fact]
    public void The_table_of_a_few_trials_has_no_link_to_more()
    {
        var kind = new TrialsApart(TrialStatus.Failed, "They failed.", [Some.Trial(TrialStatus.Failed) with { Why = Some.Nasty }], Count: 1);
        var table = Apart(kind);

        Assert.Contains("1 trial. They failed.", table.Find("caption").TextContent, StringComparison.Ordinal);
        Assert.Equal(Some.Nasty, Assert.Single(table.FindAll("td.words p")).TextContent);
        Assert.Empty(table.FindAll("p > a"));
        Assert.Empty(table.FindAll("b"));
    }

    [Fact]
    public void The_table_of_many_trials_leads_to_all_of_them()
    {
        var link = Apart(new TrialsApart(TrialStatus.Pruned, "", [Some.Trial(TrialStatus.Pruned)], Count: 12_345)).Find("p > a");

        Assert.Equal(("All 12,345", "all"), (link.TextContent, link.GetAttribute("href")));
    }

    [Fact]
    public void A_reason_that_is_also_a_finding_is_written_once()
    {
        var finding = new Finding(FindingKind.Collapsed, "spread 0", "try a larger margin");
        var trial = Some.Trial(TrialStatus.Unusable) with { Result = new TrialResult { Status = TrialStatus.Unusable, Reason = finding.ToString(), Findings = [finding] } };

        Assert.Equal([finding.ToString()], Apart(new TrialsApart(TrialStatus.Unusable, "", [trial], Count: 1)).FindAll("td.words p").Select(reason => reason.TextContent));
    }

    [Fact]
    public void A_lease_that_has_not_ended_is_being_trained_and_the_newest_is_the_first()
    {
        var ended = new LeaseRecord(1, "one", "a/b", DateTimeOffset.UnixEpoch, FromEpoch: null) { Checkpoint = 3, EndedAt = DateTimeOffset.UnixEpoch.AddHours(1), End = Some.Nasty };
        var table = Leases([ended, new LeaseRecord(2, "two", "a/b", DateTimeOffset.UnixEpoch, FromEpoch: 3)], count: 2);

        Assert.Equal(
        [
            ["2", "two", "a/b", "1970-01-01 00:00:00Z", "epoch 3", "-", "-", "being trained"],
            ["1", "one", "a/b", "1970-01-01 00:00:00Z", "the beginning", "epoch 3", "1970-01-01 01:00:00Z", Some.Nasty],
        ],
        table.FindAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim())));
        Assert.Equal("../sweeps/a%2Fb", table.Find("tbody a").GetAttribute("href"));
        Assert.StartsWith("2 leases. ", table.Find("caption").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_how_many_of_many_leases_are_shown() =>
        Assert.StartsWith("1,000 leases; the last 1. ", Leases([new LeaseRecord(1000, "one", "a", default, FromEpoch: 3)], count: 1000).Find("caption").TextContent, StringComparison.Ordinal);

    private IRenderedComponent<ApartTable> Apart(TrialsApart kind) => Render<ApartTable>(parts => parts
        .Add(table => table.Visitor, Some.Visitor()).Add(table => table.Kind, kind).Add(table => table.Varying, []).Add(table => table.All, "all"));

    private IRenderedComponent<LeaseTable> Leases(IEnumerable<LeaseRecord> leases, long count) => Render<LeaseTable>(parts => parts
        .Add(table => table.Visitor, Some.Visitor()).Add(table => table.Record, new TrialRecord { Trial = "a", Spec = Some.Spec, Leases = [.. leases], LeaseCount = count }));
}
