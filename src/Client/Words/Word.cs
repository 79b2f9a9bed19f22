using InContracts = Siamese.Contracts.Tuning.Words;

namespace Siamese.Client.Words;

/// <summary>The command line's words for the values of an enumeration.</summary>
internal static class Word
{
    public static string Of<T>(T value) where T : struct, Enum => InContracts.Of(value);

    /// <summary>The words for all of its values.</summary>
    public static string[] All<T>() where T : struct, Enum => InContracts.All<T>();

    /// <inheritdoc cref="InContracts.Read"/>
    public static T Read<T>(string source, string text) where T : struct, Enum => InContracts.Read<T>(source, text);
}
