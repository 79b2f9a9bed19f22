namespace Siamese.Grains.Ensembles;

/// <summary>What is computed first on the threads that verdicts are computed on; within one turn, what came first.</summary>
internal enum Turn
{
    /// <summary>Decoding, so that a call which has just come in can still join a batch.</summary>
    Decode,

    /// <summary>Embedding the images of a call of a few pairs, which somebody may be sitting before.</summary>
    EmbedFew,

    /// <summary>Embedding those of a call of many.</summary>
    EmbedMany,
}
