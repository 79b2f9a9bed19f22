using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Exchange;

/// <summary>The data that an exported ensemble was trained and validated on; the data itself is not exported.</summary>
/// <param name="Name">`mnist-mini`, or the name of its folder or file, without its path.</param>
/// <param name="SplitBy">What was kept apart between training, validation and test.</param>
/// <param name="LabelMeans">What a 1 in a CSV of pairs meant; null if it was not a CSV.</param>
/// <param name="Fingerprint">Content hash of the data set and its splits.</param>
public sealed record ExportedData(string Name, SplitBy SplitBy, Relation? LabelMeans, string Fingerprint)
{
    private const string Embedded = "mnist-mini";

    public static ExportedData Of(DataSource source, string fingerprint) => new(
        source.Name ?? (source.Path is { } path ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) : Embedded), source.SplitBy, source.LabelMeans, fingerprint);

    /// <summary>For an imported ensemble: except for `mnist-mini`, the data is not available, and its name stands for its path.</summary>
    public DataSource ToSource() => new() { Path = Name == Embedded ? null : Name, SplitBy = SplitBy, LabelMeans = LabelMeans };
}
