using System.CommandLine;
using System.Text.RegularExpressions;
using Siamese.Client.CommandLine;
using Siamese.Client.Words;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Tests.Documentation;

public sealed partial class ClientDocumentationTests
{
    /// <summary>Its commands are only described and parsed here, never run.</summary>
    private static readonly RootCommand _client = ClientCommandLine.Describe(null!);

    /// <summary>Every command, also those of `keys`, as it is written.</summary>
    private static IEnumerable<(string Path, Command Command)> Commands =>
        from command in _client.Subcommands
        from part in command.Subcommands.Select(inner => ($"{command.Name} {inner.Name}", inner)).Prepend((command.Name, command))
        select part;

    [Fact]
    public void Every_command_is_documented()
    {
        var missing = Commands.Select(command => command.Path).Where(path => !Page.ForUsers.Any(page => Invokes(page, path)));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_option_is_documented()
    {
        var missing =
            from command in Commands.Prepend((Path: "client", Command: _client))
            from option in command.Command.Options
            where !Page.ForUsers.Any(page => page.Mentions(option.Name))
            select $"{command.Path} {option.Name}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_documented_command_line_is_valid()
    {
        var lines = (
            from page in Page.ForUsers.Append(Page.Named("CONTRIBUTING.md"))
            from command in page.Commands
            let client = ClientLine().Match(command)
            where client.Success
            select (Page: page, Text: command, Parsed: _client.Parse(client.Groups["arguments"].Value))).ToList();

        Assert.True(lines.Count > 40, $"The pages have only {lines.Count} command lines of the client; are they still found?");
        Assert.Empty(
            from line in lines
            from error in line.Parsed.Errors
            select $"{line.Page}: {line.Text}: {error.Message}");
    }

    /// <summary>A name, such as that of a loss, is documented by a line that begins with it: a row of a table.</summary>
    [Fact]
    public void Every_name_that_a_hyperparameter_can_have_has_a_row_in_the_page_about_training()
    {
        var page = Page.Named("docs/training.md");
        var names = (
            from hyperparameter in Hyperparameter.All
            let list = NamesAtTheEnd().Match(KnownNames.Describe(hyperparameter))
            where list.Success && hyperparameter.Range.IsWord
            from name in Remark().Replace(list.Groups["names"].Value, "").Split(", ")
            select (Option: OptionNames.Of(hyperparameter), Name: name)).ToList();

        Assert.Contains(("--losses", "contrastive"), names);
        Assert.Empty(
            from name in names
            where !page.Text.Contains($"\n| `{name.Name}` | ", StringComparison.Ordinal)
            select $"{page}: no row for {name.Option} {name.Name}");
    }

    /// <summary>All pages' commands run one after the other with one data folder, where a name belongs to one sweep.</summary>
    [Fact]
    public void No_two_documented_sweeps_share_a_name()
    {
        var sweeps = (
            from page in Page.ForUsers
            from command in page.Commands
            let name = SweepName().Match(command)
            where name.Success
            select (Name: name.Groups["name"].Value, Command: command)).Distinct().ToList();

        Assert.True(sweeps.Count > 10, $"The pages name only {sweeps.Count} sweeps; are they still found?");
        Assert.Empty(
            from sweep in sweeps
            group sweep.Command by sweep.Name into same
            where same.Count() > 1
            select $"{same.Key}: {string.Join("; ", same)}");
    }

    private static bool Invokes(Page page, string command) =>
        page.Commands.Any(line => $"{ClientLine().Match(line).Groups["arguments"].Value} ".StartsWith($"{command} ", StringComparison.Ordinal)) || page.Mentions($"client {command}");

    [GeneratedRegex(@"^(?:[\w./]*\bclient|dotnet run -c Release --project src/Client --) (?<arguments>.+)$")]
    private static partial Regex ClientLine();

    [GeneratedRegex(@"\bclient sweep .*--name (?<name>\S+)")]
    private static partial Regex SweepName();

    [GeneratedRegex(@": (?<names>[a-z0-9-]+(?: \([^)]*\))?(?:, [a-z0-9-]+(?: \([^)]*\))?)+)\.$")]
    private static partial Regex NamesAtTheEnd();

    [GeneratedRegex(@" \([^)]*\)")]
    private static partial Regex Remark();
}
