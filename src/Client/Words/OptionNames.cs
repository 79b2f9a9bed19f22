using System.Text.RegularExpressions;
using Siamese.Contracts;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Words;

/// <summary>
/// The options that stand for hyperparameters and settings. Only the client knows the command line: messages of a cluster
/// name hyperparameters and settings in single quotes, as in `try 'balance' 0.5`.
/// </summary>
internal static partial class OptionNames
{
    /// <summary>Other settings that messages name. The option is the name after two hyphens.</summary>
    private static readonly string[] _settings =
    [
        "backbone-mean", "backbone-order", "backbone-size", "backbone-std", "class-from", "data", "disagreement", "features", "folders-are", "for", "images", "inputs", "label-means", "max-far", "max-frr", "members", "name", "negatives", "novelty",
        "pairs-file", "per-minute", "prior", "protocol", "prune", "references", "repeat", "retries", "search", "seeds", "shards", "skip-unreadable", "slots", "split-by", "trials",
        "unsure", "until", "until-eer", "ways",
    ];

    /// <summary>Every option that messages may name.</summary>
    public static IEnumerable<string> All => [.. HyperparameterOptions.All, .. _settings.Select(name => $"--{name}")];

    /// <summary>The option for values of a hyperparameter, such as `--learning-rates`.</summary>
    public static string Of(Hyperparameter hyperparameter) => HyperparameterOptions.Of(hyperparameter);

    /// <summary>The message with options in place of the quoted names: `try 'balance' 0.5` becomes `try --balances 0.5`.</summary>
    public static string InOptions(string message) => Quoted().Replace(message, quoted =>
        HyperparameterOptions.Find(quoted.Groups["name"].Value) ?? (_settings.Contains(quoted.Groups["name"].Value) ? $"--{quoted.Groups["name"].Value}" : quoted.Value));

    /// <summary>The error with options in place of the quoted names.</summary>
    /// <param name="error">An error of the contracts or the cluster.</param>
    /// <param name="where">What the message starts with, such as a file; empty if nothing.</param>
    public static BadInputException InOptions(BadInputException error, string where = "") => new(where + InOptions(error.Message), error);

    /// <summary>Runs a check of the contracts; its error names options.</summary>
    /// <param name="check">The check.</param>
    /// <param name="where">What the message starts with, such as a file; empty if nothing.</param>
    /// <exception cref="BadInputException">The check found something wrong.</exception>
    public static void Check(Action check, string where = "")
    {
        try
        {
            check();
        }
        catch (BadInputException e)
        {
            throw InOptions(e, where);
        }
    }

    // What follows a noun, or the colon after a name, is a value: There is no sweep 'data'. 'encoder': 'loss' is not ...
    [GeneratedRegex(@"(?<!\b(?:array|entry|column|classes|sweep|ensemble|trial|named|names|as|image|file|folder|set|label|class|key|encoder|loss|distance|mining) |': |--[a-z-]+: )'(?<name>[a-z-]+)'")]
    private static partial Regex Quoted();
}
