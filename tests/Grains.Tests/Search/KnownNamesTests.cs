using System.Runtime.CompilerServices;
using System.Text.Json;
using Siamese.Model.Registry;

namespace Siamese.Grains.Tests.Search;

/// <summary>
/// The client lists encoders, losses and so on in its help, but does not know them: they are recorded beside its options.
/// After a new one, `SIAMESE_RECORD=1 dotnet test -c Release tests/Grains.Tests --filter KnownNames` records them, and the same
/// for tests/Client.Tests with `--filter SpaceFile` records the schema of search space files, which lists them too.
/// </summary>
public sealed class KnownNamesTests
{
    private static readonly Dictionary<string, string[]> _known =
        KnownNames.Hyperparameters.ToDictionary(hyperparameter => hyperparameter, hyperparameter => KnownNames.Of(hyperparameter)!.ToArray());

    [Fact]
    public void The_help_of_the_client_lists_every_name()
    {
        if (Environment.GetEnvironmentVariable("SIAMESE_RECORD") == "1")
            File.WriteAllText(RecordPath(), Text());

        var recorded = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(RecordPath()))!;
        var changed = _known.Where(names => !names.Value.SequenceEqual(recorded.GetValueOrDefault(names.Key) ?? [])).Select(names => names.Key).ToArray();
        Assert.True(
            changed.Length == 0 && recorded.Count == _known.Count,
            $"src/Client/CommandLine/names.json does not list what a silo knows ({string.Join(", ", changed)}); record it with SIAMESE_RECORD=1 (see this class).");
    }

    private static string Text() =>
        $"{{\n{string.Join(",\n", _known.Select(names => $"  \"{names.Key}\": [{string.Join(", ", names.Value.Select(name => $"\"{name}\""))}]"))}\n}}\n";

    private static string RecordPath([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../src/Client/CommandLine/names.json"));
}
