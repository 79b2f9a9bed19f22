using ArchUnitNET.Domain;

namespace Siamese.Architecture.Tests;

/// <summary>Folders are namespaces, do not depend on each other in circles, and stay small enough to be looked through.</summary>
public sealed class FolderTests
{
    private const int MaximumFiles = 25;

    private const int MaximumLinesOfAGrain = 300;

    [Theory, InlineData("Contracts"), InlineData("Model"), InlineData("Grains"), InlineData("Backbones"), InlineData("Plots"), InlineData("Web"), InlineData("Page"), InlineData("Silo"), InlineData("Client")]
    public void Folders_of_a_project_do_not_depend_on_each_other_in_circles(string project)
    {
        var root = $"Siamese.{project}";
        var edges = Assemblies.All.Types
            .Where(type => IsWithin(type, root))
            .SelectMany(type => type.Dependencies.Select(dependency => (From: type, To: dependency.Target)))
            // The library mixes up type parameters of one name, such as those in generated code.
            .Where(edge => edge.To is not GenericParameter && IsWithin(edge.To, root) && edge.From.Namespace.FullName != edge.To.Namespace.FullName)
            .ToArray();
        var dependencies = edges.ToLookup(edge => edge.From.Namespace.FullName, edge => edge.To.Namespace.FullName);

        // An edge lies on a circle if the way back exists too.
        var circles = edges
            .Where(edge => Reachable(edge.To.Namespace.FullName, dependencies).Contains(edge.From.Namespace.FullName))
            .Select(edge => $"{edge.From.FullName} -> {edge.To.FullName}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.True(!circles.Any(), string.Join("\n", circles.Prepend("These folders depend on each other in circles:")));
    }

    [Fact]
    public void A_namespace_is_a_folder()
    {
        var elsewhere = Sources.All
            .Select(file => (File: file, Namespace: Sources.Lines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))))
            .Where(file => file.Namespace is not null && file.Namespace != $"namespace Siamese.{Sources.Folder(file.File)["src/".Length..].Replace('/', '.')};");

        Assert.Equal([], elsewhere.Select(file => $"{file.File}: {file.Namespace}"));
    }

    [Fact]
    public void A_folder_has_at_most_25_files() => Assert.Equal(
        [],
        Sources.All.CountBy(Sources.Folder).Where(folder => folder.Value > MaximumFiles).Select(folder => $"{folder.Key}: {folder.Value} files"));

    [Fact]
    public void A_grain_with_all_its_parts_has_at_most_300_lines()
    {
        var grains = Sources.All
            .Where(file => Path.GetFileNameWithoutExtension(file).Split('.')[0] is var name && name.EndsWith("Grain", StringComparison.Ordinal) && !name.StartsWith('I'))
            .GroupBy(file => Path.GetFileName(file).Split('.')[0], file => Sources.Lines(file).Length);

        Assert.Contains(grains, grain => grain.Key == "SweepGrain");
        Assert.Equal([], grains.Where(grain => grain.Sum() > MaximumLinesOfAGrain).Select(grain => $"{grain.Key}: {grain.Sum()} lines"));
    }

    private static bool IsWithin(IType type, string root) =>
        type.Namespace?.FullName is { } name && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal));

    private static HashSet<string> Reachable(string from, ILookup<string, string> dependencies)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out var folder))
        {
            foreach (var next in dependencies[folder].Where(seen.Add))
                open.Push(next);
        }

        return seen;
    }
}
