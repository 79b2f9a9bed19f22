using System.Collections.Immutable;
using Siamese.Client.Words;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;

namespace Siamese.Client.CommandLine;

/// <summary>
/// Reads lists from the command line, such as `1,2.5,5`, in the invariant culture. System.CommandLine would read
/// `1,2,5` as the number 125.
/// </summary>
internal static class CommaList
{
    /// <summary>Reads values of a hyperparameter, or a range such as `0.5..5` or `log:1e-4..1e-2`. Only a silo can check names.</summary>
    public static Dimension Dimension(Hyperparameter hyperparameter, string text)
    {
        Dimension? dimension = null;
        OptionNames.Check(() => dimension = DimensionText.Read(hyperparameter, text));
        return dimension!;
    }

    public static ImmutableArray<int> WholeNumbers(string option, string text) => DimensionText.List(option, text, item => Numbers.Whole(option, item));
}
