using System.Text.RegularExpressions;

namespace Siamese.Client.Tests.Documentation;

/// <summary>A Markdown file of the repository.</summary>
/// <param name="Name">Its path from the root of the repository, with slashes.</param>
/// <param name="Text">Its text.</param>
internal sealed partial record Page(string Name, string Text)
{
    private static readonly string[] _notOurs = ["bin", "obj", "node_modules", "TestResults"];

    public static string Repository { get; } = FindRepository();

    /// <summary>Every page of the repository.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Below(Repository).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The pages for users.</summary>
    public static IReadOnlyList<Page> ForUsers { get; } =
        [.. All.Where(page => page.Name is "README.md" or "deploy/README.md" || page.Name.StartsWith("docs/", StringComparison.Ordinal))];

    public static Page Named(string name) => All.Single(page => page.Name == name);

    /// <summary>Its commands: the lines of ```sh blocks, and those after a prompt in ```console blocks, one per shell command.</summary>
    public IEnumerable<string> Commands =>
        from block in Block().Matches(Text)
        let isConsole = block.Groups["language"].Value == "console"
        where isConsole || block.Groups["language"].Value == "sh"
        from line in block.Groups["body"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        where !isConsole || line.StartsWith("$ ", StringComparison.Ordinal) || line.StartsWith("# ", StringComparison.Ordinal)
        from command in Separator().Split(isConsole ? line[2..] : line)
        select command.Trim();

    /// <summary>Its text without code.</summary>
    public string Prose => InlineCode().Replace(Block().Replace(Text, ""), "");

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>();
            foreach (Match heading in Heading().Matches(Block().Replace(Text, "")))
            {
                var words = Link().Replace(heading.Groups["words"].Value, "${words}").Trim().ToLowerInvariant();
                var anchor = NotInAnchors().Replace(words, "").Replace(' ', '-');
                var repeats = 0;
                while (!anchors.Add(repeats == 0 ? anchor : $"{anchor}-{repeats}"))
                    repeats++;
            }

            return anchors;
        }
    }

    /// <summary>The targets of its links to files and headings of the repository.</summary>
    public IEnumerable<string> LocalLinks =>
        Link().Matches(Prose).Select(link => link.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>Whether its code mentions a word, such as `--margins`, that is not a part of a longer one.</summary>
    public bool Mentions(string word) =>
        Block().Matches(Text).Concat(InlineCode().Matches(Text))
            .Any(code => Regex.IsMatch(code.Value, $@"(?<![\w-]){Regex.Escape(word)}(?![\w-])"));

    public override string ToString() => Name;

    private static Page Read(string path) =>
        new(Path.GetRelativePath(Repository, path).Replace('\\', '/'), File.ReadAllText(path).ReplaceLineEndings("\n"));

    private static IEnumerable<string> Below(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.md"),
        .. Directory.EnumerateDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is var name && !name.StartsWith('.') && !_notOurs.Contains(name))
            .SelectMany(Below),
    ];

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Siamese.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"Siamese.sln is not above {AppContext.BaseDirectory}.");
        return folder;
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^#{1,6} (?<words>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"\[(?<words>[^\]]*)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"&&|\|\||[;&]")]
    private static partial Regex Separator();
}
