using Bunit;
using Siamese.Contracts.Access;
using Siamese.Page.Layout;

namespace Siamese.Web.Tests.Components;

public sealed class FrameTests : BunitContext
{
    [Theory]
    [InlineData(Role.Read, "Overview, Ensembles, Data, API")]
    [InlineData(Role.Ask, "Overview, Ensembles, Try a pair, Data, API")]
    [InlineData(Role.Train, "Overview, Ensembles, Try a pair, Data, API")]
    [InlineData(Role.Administer, "Overview, Ensembles, Try a pair, Data, API, Orleans")]
    public void The_bar_leads_to_the_pages_that_a_role_may_see(Role role, string pages) =>
        Assert.Equal(pages, string.Join(", ", Frame(Some.Visitor(role)).FindAll("nav a").Select(link => link.TextContent)));

    [Fact]
    public void Somebody_who_was_not_admitted_sees_neither_a_name_nor_what_needs_a_role()
    {
        var frame = Frame(visitor: null);

        Assert.Equal(["Overview", "Ensembles", "API"], frame.FindAll("nav a").Select(link => link.TextContent));
        Assert.Empty(frame.FindAll("a[href$=sign-in]"));
    }

    [Fact]
    public void Every_link_and_file_is_relative_to_the_start()
    {
        var frame = Frame(Some.Visitor(), own: "plots");

        var all = frame.FindAll("[href]:not(.skip), [src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).ToList();
        Assert.True(all.Count > 10);
        Assert.All(all, address => Assert.StartsWith("../", address, StringComparison.Ordinal));
        Assert.Equal("page", frame.Find("nav a[href$=data]").GetAttribute("aria-current"));
        Assert.Null(frame.Find("nav a[href$=ensembles]").GetAttribute("aria-current"));
    }

    [Fact]
    public void At_the_start_itself_home_is_not_an_empty_address() =>
        Assert.Equal("./", Render<Frame>(parts => parts.Add(frame => frame.Start, "").Add(frame => frame.Title, "a")).Find("a.home").GetAttribute("href"));

    [Fact]
    public void A_style_sheet_without_a_script_brings_no_script()
    {
        Assert.Equal(2, Frame(Some.Visitor(), own: "plots").FindAll("script").Count);
        Assert.Single(Frame(Some.Visitor(), own: "data").FindAll("script"));
    }

    [Fact]
    public void A_title_and_a_name_are_text()
    {
        var frame = Render<Frame>(parts => parts.Add(frame => frame.Start, "").Add(frame => frame.Title, Some.Nasty).Add(frame => frame.Visitor, new Visitor("", Some.Nasty, Role.Read)));

        Assert.Equal($"{Some.Nasty} · Siamese", frame.Find("title").TextContent);
        Assert.Equal(Some.Nasty, frame.Find("a[href$=sign-in]").TextContent);
        Assert.Empty(frame.FindAll("b"));
    }

    [Fact]
    public void A_hidden_field_of_a_form_keeps_quotes()
    {
        var field = Render<FormField>(parts => parts.Add(field => field.Token, new FormToken("a\"b", Some.Nasty))).Find("input");

        Assert.Equal(("hidden", "a\"b", Some.Nasty), (field.GetAttribute("type"), field.GetAttribute("name"), field.GetAttribute("value")));
    }

    private IRenderedComponent<Frame> Frame(Visitor? visitor, string? own = null) => Render<Frame>(parts => parts
        .Add(frame => frame.Start, "../").Add(frame => frame.Title, "a").Add(frame => frame.Visitor, visitor).Add(frame => frame.Section, "data").Add(frame => frame.Own, own));
}
