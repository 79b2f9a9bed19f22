namespace Siamese.Contracts.Tuning;

/// <summary>Which blocks of an encoder the mean and the largest value of each channel are taken from.</summary>
public enum Pooling
{
    /// <summary>The last one, whose values depend on much of the drawing.</summary>
    Last,

    /// <summary>Every one: those of the first blocks depend on single strokes, in whatever order they were drawn.</summary>
    Every,
}
