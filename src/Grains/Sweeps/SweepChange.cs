namespace Siamese.Grains.Sweeps;

/// <summary>What an event changed in a sweep's state, and so what the grain does next.</summary>
internal enum SweepChange
{
    /// <summary>Nothing: there is nothing to do.</summary>
    None,

    /// <summary>Something other than the phase: the state is stored.</summary>
    InPhase,

    /// <summary>The phase: the state is stored and posted to the board, and the next step is taken at once.</summary>
    Phase,
}
