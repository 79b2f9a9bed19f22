using System.Globalization;
using Siamese.Contracts.Data;

namespace Siamese.Client.Words;

/// <summary>File names of samples: label and index, as `7-0123.png`.</summary>
internal static class SampleName
{
    public static string Of(Sample sample) => string.Create(CultureInfo.InvariantCulture, $"{Word(sample.Label)}-{sample.Index:0000}{sample.Extension}");

    /// <summary>A label is a folder name and may contain any character; everything except letters and digits becomes `_`.</summary>
    public static string Word(string label) => string.Concat(label.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
}
