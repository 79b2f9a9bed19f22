namespace Siamese.EndToEnd.Tests.Terminals;

/// <summary>A fact about a terminal, which the program `script` (bsdutils) provides; skipped if it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactOnTerminalAttribute : FactAttribute
{
    public FactOnTerminalAttribute()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "script"))))
            Skip = "`script` (bsdutils), which provides the pseudo-terminal, is not installed";
    }
}
