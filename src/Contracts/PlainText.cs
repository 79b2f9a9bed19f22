using System.Globalization;
using System.Text;

namespace Siamese.Contracts;

/// <summary>Text from others, made fit for a log or a terminal.</summary>
public static class PlainText
{
    private const int Longest = 300;

    /// <summary>
    /// The first 300 characters, on one line. Control characters, with which the author could forge other lines or control
    /// the terminal, and characters that change the direction of the text (Bidi_Control of Unicode) become escapes such as
    /// `\u001b`; half of a surrogate pair becomes U+FFFD.
    /// </summary>
    public static string Of(string text) =>
        string.Concat(text.EnumerateRunes().Take(Longest).Select(rune => IsPlain(rune) ? rune.ToString() : $"\\u{rune.Value:x4}"));

    /// <summary>Whether a character is one that <see cref="Of"/> keeps.</summary>
    public static bool IsPlain(Rune character) =>
        Rune.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && character.Value is not (0x061c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069));
}
