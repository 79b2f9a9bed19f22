namespace Siamese.Architecture.Tests;

/// <summary>Style that the build does not check.</summary>
public sealed class StyleTests
{
    [Fact]
    public void Imports_are_in_order_with_System_first()
    {
        var unordered = Sources.Everywhere.Where(file =>
        {
            string[] imports = [.. Sources.Lines(file).Where(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=') && !line.StartsWith("using static ", StringComparison.Ordinal))];
            return !imports.SequenceEqual(imports.OrderBy(line => line.StartsWith("using System", StringComparison.Ordinal) ? 0 : 1).ThenBy(line => line[..^1], StringComparer.OrdinalIgnoreCase));
        });

        Assert.Equal([], unordered);
    }
}
