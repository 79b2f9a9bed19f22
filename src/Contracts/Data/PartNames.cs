namespace Siamese.Contracts.Data;

/// <summary>A split that data can bring along.</summary>
public enum SplitPart
{
    Training,
    Validation,
    Test,
}

/// <summary>The names that people give to folders and labels of splits, such as `train`, `Testing`, `val_set` or `t10k`.</summary>
public static class PartNames
{
    private static readonly string[] _training = ["train", "training", "trn"];
    private static readonly string[] _validation = ["val", "valid", "validation", "validate", "dev", "devel", "development"];
    private static readonly string[] _test = ["test", "testing", "tst", "t10k", "holdout", "heldout"];
    private static readonly char[] _digits = [.. "0123456789"];
    private static readonly char[] _separators = [' ', '_', '-', '.'];
    private static readonly string[] _endings = ["set", "data", "images", "image", "imgs", "img", "split", "folder"];

    /// <summary>The split that a name stands for, such as `train_set` or `1_train`; null if it is not the name of a split.</summary>
    public static SplitPart? Of(string name)
    {
        var plain = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant().TrimStart(_digits);
        return Exactly(plain) ?? _endings.Where(ending => plain.EndsWith(ending, StringComparison.Ordinal))
            .Select(ending => Exactly(plain[..^ending.Length])).FirstOrDefault(part => part is not null);
    }

    /// <summary>The split that one of the words in a name stands for, as in `bounding_box_train`; null if none does, or several do.</summary>
    public static SplitPart? Within(string name) =>
        name.Split(_separators).Select(Of).OfType<SplitPart>().Distinct().ToArray() is [var only] ? only : null;

    private static SplitPart? Exactly(string plain) =>
        _training.Contains(plain) ? SplitPart.Training
        : _validation.Contains(plain) ? SplitPart.Validation
        : _test.Contains(plain) ? SplitPart.Test
        : null;
}
