using System.Text;
using System.Text.RegularExpressions;
using Siamese.Model.Exchange;
using Siamese.Model.Registry;

namespace Siamese.Model.Tests.Exchange;

/// <summary>Whether the program in exported folders knows what an ensemble can contain. Whether it computes the same, a test with PyTorch shows.</summary>
public sealed partial class PytorchLoaderNamesTests
{
    private static readonly string _program = Encoding.UTF8.GetString(PytorchLoader.Read());

    [Theory, InlineData("encoder", "ENCODERS"), InlineData("distance", "DISTANCES")]
    public void The_program_in_exported_folders_knows_every_name(string hyperparameter, string table)
    {
        var start = _program.IndexOf($"\n{table} = {{", StringComparison.Ordinal);
        var known = Key().Matches(_program[start.._program.IndexOf('}', start)]).Select(match => match.Groups["name"].Value).ToArray();

        var missing = KnownNames.Of(hyperparameter)!.Except(known).ToArray();
        Assert.True(
            missing.Length == 0,
            $"Exported folders could not be read with PyTorch: add the {hyperparameter} {string.Join(", ", missing)} to {table} in src/Model/Exchange/{PytorchLoader.FileName}.");
        Assert.Empty(known.Except(KnownNames.Of(hyperparameter)!));
    }

    [GeneratedRegex("\"(?<name>[a-z-]+)\": ", RegexOptions.ExplicitCapture)]
    private static partial Regex Key();
}
