namespace Siamese.Client.Tests.Documentation;

public sealed class LinkTests
{
    [Fact]
    public void Every_link_between_pages_leads_to_a_file_and_a_heading()
    {
        var broken =
            from page in Page.All
            from link in page.LocalLinks
            where !Resolves(page, link)
            select $"{page}: {link}";

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("# What's new: `sweep` & more\n", "whats-new-sweep--more")]
    [InlineData("## Twice\n## Twice\n", "twice-1")]
    [InlineData("## See [the docs](docs/data.md)\n", "see-the-docs")]
    public void A_heading_has_the_anchor_that_GitHub_gives_it(string text, string anchor) =>
        Assert.Contains(anchor, new Page("page.md", text).Anchors);

    [Fact]
    public void A_heading_inside_a_code_block_is_not_a_heading() =>
        Assert.Empty(new Page("page.md", "```sh\n# a comment\n```\n").Anchors);

    private static bool Resolves(Page page, string link)
    {
        var parts = link.Split('#');
        var from = Path.GetDirectoryName(Path.Combine(Page.Repository, page.Name))!;
        var target = parts[0].Length == 0 ? Path.Combine(Page.Repository, page.Name) : Path.GetFullPath(Path.Combine(from, parts[0]));
        if (!Path.Exists(target))
            return false;
        return parts.Length == 1
            || Page.All.FirstOrDefault(other => Path.GetFullPath(Path.Combine(Page.Repository, other.Name)) == target)?.Anchors.Contains(parts[1]) is true;
    }
}
