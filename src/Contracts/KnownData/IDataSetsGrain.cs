using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.KnownData;

/// <summary>Lists the data sets that the cluster's sweeps use, and the uploads that none uses. One per cluster, key 0.</summary>
[Alias("siamese.IDataSetsGrain")]
public interface IDataSetsGrain : IGrainWithIntegerKey
{
    /// <summary>Every data set that a sweep has read, the one that was used last first, and every upload that no sweep uses.</summary>
    [Alias("List"), May(Role.Read)]
    Task<KnownDataSets> List(CancellationToken cancellation);
}

/// <summary>The data that a cluster knows.</summary>
/// <param name="Used">Data sets that sweeps use.</param>
/// <param name="Unused">Uploads that no sweep uses.</param>
[GenerateSerializer, Immutable, Alias("siamese.KnownDataSets")]
public sealed record KnownDataSets(ImmutableArray<KnownDataSet> Used, ImmutableArray<UnusedUpload> Unused);

/// <summary>A data set that sweeps use, as they planned with it.</summary>
[GenerateSerializer, Immutable, Alias("siamese.KnownDataSet")]
public sealed record KnownDataSet
{
    /// <summary>Content hash of the data set and its splits, hexadecimal.</summary>
    [Id(0)] public required string Fingerprint { get; init; }

    /// <summary>Name of the data set, such as `mnist-mini` or the folder's name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>Number of classes; 0 if it is a list of pairs.</summary>
    [Id(2)] public required int Classes { get; init; }

    [Id(3)] public required int TrainingImages { get; init; }
    [Id(4)] public required int ValidationImages { get; init; }
    [Id(5)] public required int TestImages { get; init; }

    /// <summary>The sweeps that use it, the newest first.</summary>
    [Id(6)] public required ImmutableArray<DataSetUse> Uses { get; init; }

    /// <summary>Its source and how it is split; null until one of its sweeps has an ensemble, which states it.</summary>
    [Id(7)] public DataSource? Source { get; init; }

    /// <summary>Number of all its images.</summary>
    public int Images => TrainingImages + ValidationImages + TestImages;
}

/// <summary>A sweep that uses a data set.</summary>
/// <param name="Sweep">Its name.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Shards">Number of shards of the training images; null until it has an ensemble.</param>
[GenerateSerializer, Immutable, Alias("siamese.DataSetUse")]
public sealed record DataSetUse(string Sweep, DateTimeOffset SubmittedAt, int? Shards);

/// <summary>An upload that no sweep uses; it is removed about a day after it was made.</summary>
/// <param name="Manifest">SHA-256 of its manifest.</param>
/// <param name="UploadedAt">When; null if an earlier build took it.</param>
[GenerateSerializer, Immutable, Alias("siamese.UnusedUpload")]
public sealed record UnusedUpload(string Manifest, DateTimeOffset? UploadedAt);
