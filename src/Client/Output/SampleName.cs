using System.Globalization;
using Siamese.Contracts.Data;

namespace Siamese.Client.Output;

/// <summary>File names of samples: label and index, as `7-0123.png`.</summary>
internal static class SampleName
{
    /// <summary>A label is a folder's name and may hold anything; what is neither letter nor digit becomes `_`.</summary>
    public static string Of(Sample sample)
    {
        var label = string.Concat(sample.Label.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        return string.Create(CultureInfo.InvariantCulture, $"{label}-{sample.Index:0000}.png");
    }
}
