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
    public static string Of(string text) => Escape(text.EnumerateRunes().Take(Longest));

    /// <summary>All of the text, as <see cref="Of"/> would write each of its lines.</summary>
    public static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => Escape(line.EnumerateRunes())));

    /// <summary>Whether a character is one that <see cref="Of"/> keeps.</summary>
    public static bool IsPlain(Rune character) =>
        Rune.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && character.Value is not (0x061c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069));

    private static string Escape(IEnumerable<Rune> characters) => string.Concat(characters.Select(rune => IsPlain(rune) ? rune.ToString() : $"\\u{rune.Value:x4}"));
}
