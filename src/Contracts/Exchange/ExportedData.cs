using Siamese.Contracts.Data;

namespace Siamese.Contracts.Exchange;

/// <summary>The data that an exported ensemble was trained and validated on; it does not travel.</summary>
/// <param name="Name">As `mnist-mini`, or the name of its folder or file; where it lay is nobody's business.</param>
/// <param name="SplitBy">What was kept apart between training, validation and test.</param>
/// <param name="LabelMeans">What a 1 in a CSV of pairs meant; null where it was no CSV.</param>
/// <param name="Fingerprint">Content hash of the data set and its splits.</param>
public sealed record ExportedData(string Name, SplitBy SplitBy, Relation? LabelMeans, string Fingerprint)
{
    private const string Embedded = "mnist-mini";

    public static ExportedData Of(DataSource source, string fingerprint) => new(
        source.Name ?? (source.Path is { } path ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) : Embedded), source.SplitBy, source.LabelMeans, fingerprint);

    /// <summary>For an ensemble that was brought in: but for `mnist-mini` the data is not at hand, and its name stands for its path.</summary>
    public DataSource ToSource() => new() { Path = Name == Embedded ? null : Name, SplitBy = SplitBy, LabelMeans = LabelMeans };
}
