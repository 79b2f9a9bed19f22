using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Siamese.Model.Tests;

/// <summary>Messages name a setting in single quotes, as in `try 'balance' 0.5`; the client says which option sets it.</summary>
public sealed partial class MessagesTests
{
    [Fact]
    public void No_message_names_an_option_of_the_command_line()
    {
        var sources = Path.Combine(Path.GetDirectoryName(Here())!, "../../src/Model");
        var named = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => File.ReadLines(file).Where(line => Option().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

        Assert.Empty(named);
    }

    private static string Here([CallerFilePath] string thisFile = "") => thisFile;

    [GeneratedRegex("\"[^\"]*--[a-z]")]
    private static partial Regex Option();
}
