using System.Text.Json;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>How a program ended, and everything it printed.</summary>
public sealed record Outcome(string CommandLine, int ExitCode, string Out, string Error)
{
    /// <summary>Standard output, which must be a single JSON document.</summary>
    public JsonElement Document
    {
        get
        {
            using var document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Checks the exit code and returns this outcome.</summary>
    public Outcome Exits(int code)
    {
        Assert.True(ExitCode == code, $"Expected exit code {code}.\n{this}");
        return this;
    }

    /// <summary>Checks that the program refused its input with one sentence on standard error and nothing on standard output.</summary>
    public void Refuses(int code, string message)
    {
        Exits(code);
        Assert.True(Out.Length == 0, $"Expected nothing on standard output.\n{this}");
        var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("Started a local silo", StringComparison.Ordinal)).ToArray();
        Assert.True(lines.Length == 1, $"Expected one sentence on standard error.\n{this}");
        Assert.DoesNotContain("   at ", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", lines[0], StringComparison.Ordinal);
        Assert.Contains(message, lines[0], StringComparison.Ordinal);
    }

    public override string ToString() => $"{CommandLine}\nended with {ExitCode}.\nstdout:\n{Out}\nstderr:\n{Error}";
}
