namespace Siamese.EndToEnd.Tests.Terminals;

/// <summary>A fact about a terminal, which `script` of bsdutils provides; skipped where there is no such program.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactOnTerminalAttribute : FactAttribute
{
    public FactOnTerminalAttribute()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "script"))))
            Skip = "there is no `script` (bsdutils) for a pseudo-terminal";
    }
}
