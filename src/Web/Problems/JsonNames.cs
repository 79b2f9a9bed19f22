using System.Text.RegularExpressions;
using Siamese.Contracts.Tuning;

namespace Siamese.Web.Problems;

/// <summary>Messages of a cluster name hyperparameters and settings in single quotes, such as `'learning-rate'`; here they are called as in JSON.</summary>
internal static partial class JsonNames
{
    /// <summary>The message with JSON names: `try 'learning-rate' 0.1` becomes `try 'learningRate' 0.1`.</summary>
    public static string InJson(string message) => Quoted().Replace(message, quoted => $"'{Words.InJson(quoted.Groups["name"].Value)}'");

    // What follows a noun, or the colon after a name, is a value and not a name.
    [GeneratedRegex(@"(?<!\b(?:sweep|ensemble|trial|named|names|as|image|file|folder|set|label|class|encoder|loss|distance|mining) |': )'(?<name>[a-z]+(?:-[a-z]+)+)'")]
    private static partial Regex Quoted();
}
