using System.Globalization;
using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Data.Lists;

/// <summary>What a label of a pair says.</summary>
public enum LabelWord
{
    Same,
    Different,

    /// <summary>1, true or yes: the name of the column or the user tells what of.</summary>
    One,

    /// <summary>0, false or no.</summary>
    Zero,

    /// <summary>-1: the opposite of 1.</summary>
    MinusOne,
}

/// <summary>The words that people use to label pairs.</summary>
public static class LabelWords
{
    private static readonly HashSet<string> _same =
        ["same", "genuine", "match", "matched", "matching", "positive", "pos", "identical", "equal", "similar", "original", "org", "real"];

    private static readonly HashSet<string> _different =
        ["different", "diff", "forged", "forgery", "forg", "fake", "impostor", "imposter", "mismatch", "nonmatch", "nomatch", "unmatched", "negative", "neg", "distinct", "dissimilar", "notsame", "notmatch"];

    private static readonly HashSet<string> _one = ["true", "t", "yes", "y"];
    private static readonly HashSet<string> _zero = ["false", "f", "no", "n"];

    /// <summary>What the text says; null if it is not a label.</summary>
    public static LabelWord? Of(string text)
    {
        var word = Plain(text);
        if (_same.Contains(word))
            return LabelWord.Same;
        if (_different.Contains(word))
            return LabelWord.Different;
        if (_one.Contains(word))
            return LabelWord.One;
        if (_zero.Contains(word))
            return LabelWord.Zero;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        return number switch { 1 => LabelWord.One, 0 => LabelWord.Zero, -1 => LabelWord.MinusOne, _ => null };
    }

    /// <summary>What a 1 means in a column with this name, such as `is_same` or `different`; null if the name does not tell.</summary>
    public static Relation? MeaningOfOne(string column)
    {
        var word = Plain(column);
        word = word.StartsWith("is", StringComparison.Ordinal) ? word[2..] : word;
        return _same.Contains(word) || word is "samepair" or "sameperson" or "sameclass" or "sameid" or "similarity" ? Relation.Same
            : _different.Contains(word) || word is "dissimilarity" or "differentperson" ? Relation.Different
            : null;
    }

    /// <summary>Lower case, with nothing but letters and digits.</summary>
    public static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
