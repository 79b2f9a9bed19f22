using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Siamese.Build;

/// <summary>
/// Writes the code version of trials into the assembly: the version that `code-versions.txt` gives to the hash of the code
/// that decides weights, or that hash itself if the list does not know it.
/// </summary>
[Generator]
public sealed class CodeVersionGenerator : IIncrementalGenerator
{
    private const string Decides = "build_metadata.AdditionalFiles.DecidesWeights";
    private const string Versions = "build_metadata.AdditionalFiles.CodeVersions";
    private const string Packages = "build_property.WeightPackages";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, cancellation) => (
                DecidesWeights: pair.Right.GetOptions(pair.Left).TryGetValue(Decides, out var decides) && decides == "true",
                IsList: pair.Right.GetOptions(pair.Left).TryGetValue(Versions, out var list) && list == "true",
                Text: pair.Left.GetText(cancellation)?.ToString() ?? ""))
            .Where(file => file.DecidesWeights || file.IsList)
            .Collect();
        var packages = context.AnalyzerConfigOptionsProvider
            .Select((options, _) => options.GlobalOptions.TryGetValue(Packages, out var value) ? value : "");
        context.RegisterSourceOutput(files.Combine(packages), (output, pair) =>
        {
            var hash = TokenHash.Of(pair.Left.Where(file => file.DecidesWeights).Select(file => file.Text), pair.Right);
            var list = string.Join("\n", pair.Left.Where(file => file.IsList).Select(file => file.Text));
            output.AddSource("CodeVersion.g.cs", Source(hash, Known(list, hash) ?? hash));
        });
    }

    /// <summary>The second word of the line that begins with the hash; null if there is no such line.</summary>
    private static string? Known(string list, string hash) => list
        .Split('\n')
        .Select(line => line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length >= 2 && words[0] == hash)
        .Select(words => words[1])
        .FirstOrDefault();

    private static string Source(string hash, string version) => $$"""
        namespace Siamese.Model.Training;

        public static partial class CodeVersion
        {
            /// <summary>16 hexadecimal digits.</summary>
            public static string Current => "{{version}}";

            /// <summary>Hash of the tokens of the code that decides weights, as `build/code-versions.txt` lists them.</summary>
            public static string Tokens => "{{hash}}";
        }
        """;
}
