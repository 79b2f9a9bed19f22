using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Data.Vectors;

namespace Siamese.Grains.KnownData;

/// <summary>What is kept of a data set after it was read: counts and places, no images.</summary>
internal sealed class ContentSummary
{
    /// <summary>Examples of a class from each split.</summary>
    private const int ExamplesOfPart = 4;

    private readonly ImmutableArray<ClassContent> _classes;
    private readonly ImmutableArray<int> _pairs;
    private readonly ImmutableArray<string> _remarks;

    private ContentSummary(DataSet data)
    {
        DataSplit[] splits = [data.Training, data.Validation, data.Test];
        // Images of a list of pairs have no classes.
        string[] names = data.Classes.Count == 0 ? [""] : [.. data.Classes];
        var counts = Array.ConvertAll(names, _ => new int[splits.Length]);
        var examples = Array.ConvertAll(names, _ => new List<PlaceInSplit>());
        for (var part = 0; part < splits.Length; part++)
        {
            var labels = splits[part].Images.Labels;
            for (var index = 0; index < labels.Length; index++)
            {
                var label = Math.Max(0, labels[index]);
                if (counts[label][part]++ < ExamplesOfPart)
                    examples[label].Add(new((SplitPart)part, index));
            }
        }

        _classes = [.. names.Select((name, label) => new ClassContent(name, [.. counts[label]], [.. examples[label]]))];
        _pairs = Array.Exists(splits, split => split.GivenPairs is not null) ? [.. splits.Select(split => split.GivenPairs?.Length ?? 0)] : [];
        _remarks = [.. data.Remarks];
        (Kinds, TypicalSize, Forged) = (data.Kinds, data.TypicalSize, splits.Sum(split => split.Forged?.Count(isForged => isForged) ?? 0));
        Features = (data.Training.Images.Shape as VectorShape)?.Width;
        Images = splits.Sum(split => (long)split.Images.Count);
    }

    public InputKinds Kinds { get; }

    public ImageSize? TypicalSize { get; }

    /// <summary>Number of all images.</summary>
    public long Images { get; }

    private int Forged { get; }

    private int? Features { get; }

    public static ContentSummary Of(DataSet data) => new(data);

    /// <summary>The content, with some of the classes.</summary>
    public DataSetContent Content(int from, int count) => new()
    {
        Kinds = Kinds,
        TypicalSize = TypicalSize,
        Classes = _classes.Length,
        Shown = [.. _classes.Skip(from).Take(count)],
        Pairs = _pairs,
        Forged = Forged,
        Remarks = _remarks,
        Features = Features,
    };
}
