using Siamese.Contracts.Data;

namespace Siamese.Model.Data.Inputs;

/// <summary>What an encoder takes: the kind and the shape of each item. Files of that kind are read to exactly this shape.</summary>
public abstract record InputShape
{
    /// <summary>Images, pen strokes or vectors, one of them.</summary>
    public abstract InputKinds Kind { get; }

    /// <summary>Number of bytes of one item in memory.</summary>
    public abstract int Bytes { get; }
}
