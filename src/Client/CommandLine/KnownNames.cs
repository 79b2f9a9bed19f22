using System.Text.Json;
using Siamese.Client.Words;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.CommandLine;

/// <summary>
/// Names of encoders, losses and so on for help texts. Only a silo knows them, so they are recorded in `names.json`; a test
/// of the grains compares that file with what a silo knows.
/// </summary>
internal static class KnownNames
{
    private static readonly Lazy<Dictionary<string, string[]>> _names = new(Read);

    /// <summary>What a hyperparameter is, with its names if its values are names.</summary>
    public static string Describe(Hyperparameter hyperparameter)
    {
        var text = OptionNames.InOptions(hyperparameter.Description);
        return _names.Value.TryGetValue(hyperparameter.Name, out var names) ? $"{text.TrimEnd('.')}: {string.Join(", ", names)}." : text;
    }

    private static Dictionary<string, string[]> Read()
    {
        using var resource = typeof(KnownNames).Assembly.GetManifestResourceStream("names.json")!;
        using var document = JsonDocument.Parse(resource);
        return document.RootElement.EnumerateObject().ToDictionary(
            names => names.Name, names => names.Value.EnumerateArray().Select(name => name.GetString()!).ToArray());
    }
}
