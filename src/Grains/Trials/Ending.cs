namespace Siamese.Grains.Trials;

/// <summary>How a trial responds to a result.</summary>
internal enum Ending
{
    /// <summary>The trainer does not hold the lease (any more): the result is dropped.</summary>
    Refused,

    /// <summary>The result was reported before.</summary>
    Known,

    /// <summary>The trial failed and waits for another lease.</summary>
    TriedAgain,

    /// <summary>The trial has ended for the sweeps that finished it early. Others wait for another lease.</summary>
    Early,

    /// <summary>The trial has ended.</summary>
    Final,
}
