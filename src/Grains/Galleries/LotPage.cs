using Siamese.Contracts.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>What is stored of a lot of a gallery. One that was emptied stays, and is filled again.</summary>
[GenerateSerializer, Alias("siamese.LotPage")]
internal sealed record LotPage
{
    /// <summary>Blob of its images; null where there are none.</summary>
    [Id(0)] public string? Blob { get; init; }

    /// <summary>Length of that.</summary>
    [Id(1)] public long Bytes { get; init; }

    /// <summary>Whom the images show, in their order.</summary>
    [Id(2)] public List<EnrolledReference> References { get; init; } = [];

    /// <summary>What members make of them.</summary>
    [Id(3)] public List<LotEmbeddings> Embeddings { get; init; } = [];

    /// <summary>Blobs that it had before and that may still be there, where the silo died before they were removed.</summary>
    [Id(4)] public List<string> Left { get; init; } = [];

    /// <summary>Every blob that it needs.</summary>
    public IEnumerable<string> Blobs => Embeddings.Select(its => its.Blob).Concat(Blob is null ? [] : [Blob]);

    /// <summary>Another content, with what of this one is not part of it left to be removed.</summary>
    public LotPage Become(LotPage other) => other with { Left = [.. Blobs.Concat(Left).Except(other.Blobs)] };
}
