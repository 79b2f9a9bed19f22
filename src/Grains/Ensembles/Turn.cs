namespace Siamese.Grains.Ensembles;

/// <summary>
/// Priority of work on the verdict threads, highest first; within one turn, first come, first served. A call with few images,
/// which a person may be waiting for, never waits for a call with many. <see cref="Turns"/> decides which is which.
/// </summary>
internal enum Turn
{
    /// <summary>Decoding the images of a call with few, so that it can still join a batch.</summary>
    DecodeFew,

    /// <summary>Embedding those.</summary>
    EmbedFew,

    /// <summary>Decoding the images of a call with many.</summary>
    DecodeMany,

    /// <summary>Embedding those.</summary>
    EmbedMany,
}
