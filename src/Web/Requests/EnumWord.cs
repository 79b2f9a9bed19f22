using Siamese.Contracts;
using Siamese.Contracts.Tuning;

namespace Siamese.Web.Requests;

/// <summary>Values of enumerations in words.</summary>
internal static class EnumWord
{
    /// <exception cref="BadInputException">It is not one of the words.</exception>
    public static T Read<T>(string name, string word) where T : struct, Enum =>
        Words.Find<T>(word) ?? throw new BadInputException($"'{name}': '{PlainText.Of(word)}' is not one of {string.Join(", ", Words.All<T>())}.");
}
