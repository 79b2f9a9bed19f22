namespace Siamese.Contracts.Tuning;

/// <summary>How the points of pen strokes are spaced for an encoder.</summary>
public enum Resample
{
    /// <summary>At equal steps of time, or of arc length if the data has no times.</summary>
    Time,

    /// <summary>At equal steps along the path of the pen.</summary>
    Arc,
}
