using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;

namespace Siamese.Model.Data.Splits;

/// <summary>A data set as a trial sees it: three splits that share no image.</summary>
public sealed record DataSet
{
    /// <summary>`mnist-mini`, or the name of the folder or file.</summary>
    public required string Name { get; init; }

    /// <summary>Hexadecimal SHA-256 over the content of every file and the way of splitting.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What its items are there as.</summary>
    public InputKinds Kinds { get; init; } = InputKinds.Images;

    /// <summary>Names of the classes; empty if unknown (a CSV of pairs).</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    public required DataSplit Training { get; init; }
    public required DataSplit Validation { get; init; }
    public required DataSplit Test { get; init; }

    /// <summary>Median height and width of the images in their own size; null if unknown.</summary>
    public ImageSize? TypicalSize { get; init; }

    /// <summary>Sentences for the user, such as how many pairs a split had to leave out.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
