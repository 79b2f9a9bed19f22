using System.Globalization;

namespace Siamese.Contracts.Tuning;

/// <summary>Size of images in pixels.</summary>
/// <param name="Rows">Height.</param>
/// <param name="Columns">Width.</param>
[GenerateSerializer, Immutable, Alias("siamese.ImageSize")]
public readonly record struct ImageSize(int Rows, int Columns)
{
    private const char By = 'x';

    /// <summary>The size that a value stands for: a number is the side of a square, `48x96` is rows by columns.</summary>
    public static ImageSize? Find(HyperparameterValue value)
    {
        if (value.Word is not { } word)
            return value.Number is >= 1 and <= int.MaxValue ? new((int)value.Number, (int)value.Number) : null;
        return word.Split(By) is [var rows, var columns] && Side(rows) is { } height && Side(columns) is { } width ? new(height, width) : null;
    }

    /// <summary>As a user writes it: a number for a square.</summary>
    public HyperparameterValue Value => Rows == Columns ? Rows : string.Create(CultureInfo.InvariantCulture, $"{Rows}{By}{Columns}");

    private static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) ? side : null;
}
