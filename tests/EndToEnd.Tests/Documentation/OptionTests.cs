using System.Text.RegularExpressions;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Documentation;

/// <summary>Compares the pages for users with what `silo --help` and `client --help` print.</summary>
public sealed partial class OptionTests
{
    /// <summary>Options of other programs that the pages mention: dotnet, createuser, createdb, systemctl, docker, kubectl and tensorboard.</summary>
    private static readonly string[] _others = ["--project", "--pwprompt", "--owner", "--now", "--build", "--from-literal", "--from-file", "--logdir"];

    private static readonly string[] _siloCommands = ["", "store", "store check", "store migrate"];

    private static IReadOnlyList<(string Name, string Text)> Pages { get; } =
    [
        .. new[] { "README.md", "deploy/README.md" }
            .Concat(Directory.EnumerateFiles(Path.Combine(Built.Repository, "docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}"))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, File.ReadAllText(Path.Combine(Built.Repository, name)))),
    ];

    [Fact]
    public async Task Every_option_and_command_of_the_silo_is_documented()
    {
        await using var home = new Home();
        var options = new HashSet<string>();
        foreach (var command in _siloCommands)
            options.UnionWith(OptionsIn(await Help(home, Built.Silo, command)));

        Assert.Contains("--store", options);
        Assert.Equal([], options.Where(option => !Pages.Any(page => OptionsIn(page.Text).Contains(option))));
        Assert.Equal([], _siloCommands.Where(command => !Pages.Any(page => page.Text.Contains($"silo {command}".TrimEnd(), StringComparison.Ordinal))));
        Assert.Empty(CommandsIn(await Help(home, Built.Silo, "")).Except(_siloCommands));
    }

    [Fact]
    public async Task Every_option_in_the_pages_exists()
    {
        await using var home = new Home();
        var known = _others.ToHashSet();
        foreach (var command in _siloCommands)
            known.UnionWith(OptionsIn(await Help(home, Built.Silo, command)));
        var client = await Help(home, Built.Client, "");
        known.UnionWith(OptionsIn(client));
        foreach (var command in CommandsIn(client))
        {
            var help = await Help(home, Built.Client, command);
            known.UnionWith(OptionsIn(help));
            // Only `keys` has commands of its own.
            foreach (var inner in help.Contains("Commands:", StringComparison.Ordinal) ? CommandsIn(help) : [])
                known.UnionWith(OptionsIn(await Help(home, Built.Client, $"{command} {inner}")));
        }

        Assert.Contains("--margins", known);
        Assert.Empty(
            from page in Pages
            from option in OptionsIn(page.Text)
            where !known.Contains(option)
            select $"{page.Name}: {option}");
    }

    private static async Task<string> Help(Home home, string program, string command)
    {
        await using var running = home.Start(program, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        return (await running.Ends()).Exits(0).Out;
    }

    private static HashSet<string> OptionsIn(string text) => [.. Option().Matches(text).Select(option => option.Value)];

    private static IEnumerable<string> CommandsIn(string help) =>
        Command().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(command => command.Groups["name"].Value);

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"^  (?<name>[a-z]+)\b", RegexOptions.Multiline)]
    private static partial Regex Command();
}
