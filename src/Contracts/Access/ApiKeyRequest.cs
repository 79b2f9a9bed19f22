using System.Text;

namespace Siamese.Contracts.Access;

/// <summary>A key to add.</summary>
/// <param name="Id">Chosen by the caller, so that a repeated call is recognized: 8 to 64 of the characters a to z and 0 to 9.</param>
/// <param name="Name">What to call the key and whoever uses it, 1 to <see cref="MaximumNameLength"/> characters. Unique among the keys that are not revoked.</param>
/// <param name="Role">What may be done with the key.</param>
[GenerateSerializer, Immutable, Alias("siamese.ApiKeyRequest")]
public sealed record ApiKeyRequest(string Id, string Name, Role Role)
{
    /// <summary>Maximum number of characters in a name.</summary>
    public const int MaximumNameLength = 60;

    /// <summary>Maximum of <see cref="PerMinute"/>.</summary>
    public const int MaximumPerMinute = 1_000_000;

    /// <summary>When the key expires; null for never.</summary>
    [Id(3)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>Number of requests that each silo answers in a minute, 1 to <see cref="MaximumPerMinute"/>. After a pause it answers this many at once. Default 6,000.</summary>
    [Id(4)]
    public int PerMinute { get; init; } = 6000;

    /// <exception cref="BadInputException">Something is not valid, apart from what depends on the time and on other keys.</exception>
    public void Check()
    {
        BadInputException.ThrowUnless(
            Id.Length is >= 8 and <= 64 && Id.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)),
            $"The id '{PlainText.Of(Id)}' is not valid; use 8 to 64 of the characters a to z and 0 to 9.");
        BadInputException.ThrowUnless(
            Name.Length is >= 1 and <= MaximumNameLength,
            $"The name of a key has {Name.Length} characters; use 1 to {MaximumNameLength}.");
        // Half of a surrogate pair becomes a replacement character.
        BadInputException.ThrowUnless(
            Name.Trim().Length == Name.Length && Name.EnumerateRunes().All(character => PlainText.IsPlain(character) && character != Rune.ReplacementChar),
            $"The name of a key, '{PlainText.Of(Name)}', starts or ends with a space, or contains a character that controls a terminal or the direction of text; leave it out.");
        BadInputException.ThrowUnless(PerMinute is >= 1 and <= MaximumPerMinute, $"'per-minute': {PerMinute} is not from 1 to {MaximumPerMinute}.");
    }
}
