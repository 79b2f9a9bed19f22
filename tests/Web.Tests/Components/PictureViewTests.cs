using Bunit;
using Siamese.Page.Layout;
using Siamese.Plots.Drawing;

namespace Siamese.Web.Tests.Components;

public sealed class PictureViewTests : BunitContext
{
    [Fact]
    public void Note_and_legend_are_text_beside_the_drawing()
    {
        var view = View(Picture(Format.Page.Width) with { Note = Some.Nasty, Legend = [new(Ink.Series[0], Some.Nasty), new(Ink.Series[1], "b") { Hint = "\"b\"" }] });

        Assert.Equal(Some.Nasty, view.Find("figcaption small").TextContent);
        Assert.Equal([Some.Nasty, "b"], view.FindAll(".legend li").Select(entry => entry.TextContent.Trim()));
        Assert.Equal("\"b\"", view.FindAll(".legend li")[1].GetAttribute("title"));
        Assert.Equal(Ink.Series[1].Light, view.FindAll(".legend rect")[1].GetAttribute("fill"));
        Assert.Empty(view.FindAll("b"));
    }

    [Fact]
    public void What_is_written_in_a_drawing_is_text()
    {
        var view = View(Picture(Format.Page.Width) with { Shapes = [new Label(Ink.Text, default, Some.Nasty), new Dot(Ink.Text, default) { Hint = Some.Nasty }] });

        Assert.Contains(Some.Nasty, view.FindAll("svg text").Select(text => text.TextContent));
        Assert.Contains(Some.Nasty, view.FindAll("svg circle title").Select(text => text.TextContent));
        Assert.Empty(view.FindAll("b"));
    }

    [Fact]
    public void Without_note_and_legend_there_is_neither()
    {
        var view = View(Picture(Format.Page.Width));

        Assert.Equal("", view.Find("figcaption").TextContent.Trim());
        Assert.Equal("plot-a", view.Find("figure").Id);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Only_a_drawing_wider_than_usual_may_be_scrolled(double beyond, bool isWide) =>
        Assert.Equal(isWide, View(Picture(Format.Page.Width + beyond)).Find(".drawing").ClassList.Contains("wide"));

    private IRenderedComponent<PictureView> View(Picture picture) => Render<PictureView>(parts => parts.Add(view => view.Picture, picture));

    private static Picture Picture(double width) => new("a", "A", null, width, 10, []);
}
