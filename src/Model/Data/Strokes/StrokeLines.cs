using System.Globalization;
using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>Goes through the lines of a text that are not blank.</summary>
internal ref struct StrokeLines(string text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The current line without white space at its ends.</summary>
    public readonly ReadOnlySpan<char> Line => Whole.Trim();

    /// <summary>The current line.</summary>
    public ReadOnlySpan<char> Whole { get; private set; }

    /// <summary>The number of the current line.</summary>
    public int Number { get; private set; }

    public readonly Place Place => new(Number);

    /// <summary>Whether the current line consists of this many numbers.</summary>
    public readonly bool IsNumbers(int count, char separator = ' ')
    {
        Span<Range> fields = stackalloc Range[count + 1];
        if (Split(Line, fields, separator) != count)
            return false;
        foreach (var field in fields[..count])
        {
            if (!TryParse(Line[field], out _))
                return false;
        }

        return true;
    }

    /// <summary>Moves to the next line that is not blank.</summary>
    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            var length = _rest.IndexOfAny('\r', '\n');
            Whole = length < 0 ? _rest : _rest[..length];
            _rest = length < 0 ? default : _rest[(length + (_rest[length..].StartsWith("\r\n") ? 2 : 1))..];
            Number++;
            if (!Whole.IsWhiteSpace())
                return true;
        }

        Whole = default;
        return false;
    }

    /// <summary>Reads a row of numbers.</summary>
    /// <param name="file">The file in messages.</param>
    /// <param name="row">Receives as many numbers as it has room for.</param>
    /// <param name="columns">The columns in messages, separated by <paramref name="separator"/>.</param>
    /// <param name="separator">What separates columns; a space stands for any white space.</param>
    /// <exception cref="BadInputException">The line has a different number of columns, or one of them is not a number.</exception>
    public readonly void Read(StrokeFile file, scoped Span<double> row, string columns, char separator = ' ')
    {
        Span<Range> fields = stackalloc Range[row.Length + 1];
        var count = Split(Line, fields, separator);
        if (count != row.Length)
        {
            var found = count > row.Length ? FormattableString.Invariant($"more than {row.Length}") : FormattableString.Invariant($"only {count}");
            throw file.Bad(Place, FormattableString.Invariant($"the row has {found} columns; it must have {row.Length}: {columns}. Correct the row or replace the file."));
        }

        for (var i = 0; i < row.Length; i++)
        {
            if (!TryParse(Line[fields[i]], out row[i]))
                throw NotANumber(file, Place, Line[fields[i]]);
        }
    }

    /// <summary>Counts the columns of the current line, up to <paramref name="most"/>.</summary>
    public readonly int Columns(char separator, int most = 12)
    {
        Span<Range> fields = stackalloc Range[most];
        return Split(Line, fields, separator);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    public static BadInputException NotANumber(StrokeFile file, Place place, ReadOnlySpan<char> text) =>
        file.Bad(place, $"'{(text.Length <= 40 ? text : $"{text[..40]}…")}' is not a number. Correct it or replace the file.");

    private static int Split(ReadOnlySpan<char> line, Span<Range> fields, char separator) => separator == ' '
        ? line.SplitAny(fields, " \t", StringSplitOptions.RemoveEmptyEntries)
        : line.Split(fields, separator, StringSplitOptions.TrimEntries);
}
