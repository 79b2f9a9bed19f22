using System.Globalization;
using Siamese.Contracts.Data;

namespace Siamese.Client.Words;

/// <summary>File names of samples: label and index, as `7-0123.png`.</summary>
internal static class SampleName
{
    public static string Of(Sample sample) => Stem(sample) + sample.Extension;

    /// <summary>The name of its pen strokes, if it has an image as well.</summary>
    public static string OfStrokes(Sample sample) => Stem(sample) + ".csv";

    private static string Stem(Sample sample) => string.Create(CultureInfo.InvariantCulture, $"{Word(sample.Label)}-{sample.Index:0000}");

    /// <summary>A label is a folder name and may contain any character; everything except letters and digits becomes `_`.</summary>
    public static string Word(string label) => string.Concat(label.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
}
