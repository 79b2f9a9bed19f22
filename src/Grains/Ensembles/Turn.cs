namespace Siamese.Grains.Ensembles;

/// <summary>
/// What is computed first on the threads that verdicts are computed on; within one turn, what came first. A call of a few
/// images, which somebody may be sitting before, waits for none of many. <see cref="Turns"/> says which is which.
/// </summary>
internal enum Turn
{
    /// <summary>Decoding the images of a call of few, so that it can still join a batch.</summary>
    DecodeFew,

    /// <summary>Embedding those.</summary>
    EmbedFew,

    /// <summary>Decoding the images of a call of many.</summary>
    DecodeMany,

    /// <summary>Embedding those.</summary>
    EmbedMany,
}
