namespace Siamese.Grains.Training;

/// <summary>What a trial makes of a result.</summary>
internal enum Ending
{
    /// <summary>The lease is not, or no longer, its trainer's: the result is dropped.</summary>
    Refused,

    /// <summary>It was told before.</summary>
    Known,

    /// <summary>The trial failed and waits for another lease.</summary>
    TriedAgain,

    /// <summary>The trial has ended.</summary>
    Final,
}
