namespace Siamese.Grains.Galleries;

/// <summary>Stored state of a lot of a gallery. An emptied lot stays, and is filled again.</summary>
[GenerateSerializer, Alias("siamese.LotPage")]
internal sealed record LotPage
{
    /// <summary>Blob of its images; null if there are none.</summary>
    [Id(0)] public string? Blob { get; init; }

    /// <summary>Length of that blob.</summary>
    [Id(1)] public long Bytes { get; init; }

    /// <summary>Who the images show, in the order of the images.</summary>
    [Id(2)] public List<EnrolledReference> References { get; init; } = [];

    /// <summary>The members' embeddings of the images.</summary>
    [Id(3)] public List<LotEmbeddings> Embeddings { get; init; } = [];

    /// <summary>Blobs that it had before and that may still exist, if the silo died before they were removed.</summary>
    [Id(4)] public List<string> Left { get; init; } = [];

    /// <summary>Every blob that it needs.</summary>
    public IEnumerable<string> Blobs => Embeddings.Select(its => its.Blob).Concat(Blob is null ? [] : [Blob]);

    /// <summary>The other content; blobs that it does not need are left to be removed.</summary>
    public LotPage Become(LotPage other) => other with { Left = [.. Blobs.Concat(Left).Except(other.Blobs)] };
}
