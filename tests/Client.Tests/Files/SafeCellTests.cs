using Siamese.Client.Files;

namespace Siamese.Client.Tests.Files;

public sealed class SafeCellTests
{
    [Theory]
    [InlineData("a.png", "a.png")]
    [InlineData("=HYPERLINK(1).png", "./=HYPERLINK(1).png")]
    [InlineData("+1.png", "./+1.png")]
    [InlineData("-1.png", "./-1.png")]
    [InlineData("@x.png", "./@x.png")]
    [InlineData("/a/=x.png", "/a/=x.png")]
    [InlineData("", "")]
    public void A_path_that_a_spreadsheet_would_run_leads_to_the_same_file(string path, string cell)
    {
        Assert.Equal(cell, SafeCell.OfPath(path));
        Assert.Equal(cell, SafeCell.OfPath(cell));
        Assert.Equal(Path.GetFullPath(path.Length > 0 ? path : "."), Path.GetFullPath(cell.Length > 0 ? cell : "."));
    }

    [Fact]
    public void A_sentence_that_a_spreadsheet_would_run_gets_a_space() =>
        Assert.Equal((" =x.png is empty.", "x.png is empty."), (SafeCell.OfText("=x.png is empty."), SafeCell.OfText("x.png is empty.")));
}
