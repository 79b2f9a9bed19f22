namespace Siamese.Contracts.Trials;

/// <summary>The state of a trial, or how it ended.</summary>
[GenerateSerializer, Alias("siamese.TrialStatus")]
public enum TrialStatus
{
    /// <summary>Not leased.</summary>
    Waiting,

    /// <summary>Leased to a slot.</summary>
    Running,

    /// <summary>Trained, and fit to be a member.</summary>
    Completed,

    /// <summary>An exception ended it.</summary>
    Failed,

    /// <summary>Trained to the end or stopped by itself, but collapsed, diverged or no better than chance; never a member.</summary>
    Unusable,

    /// <summary>Stopped by the user.</summary>
    Cancelled,

    /// <summary>Its silo died while training it, twice at the same place: it is not leased again unless the user requests it.</summary>
    Poisonous,

    /// <summary>Paused because it fell behind the others. It keeps its checkpoint, and resumes if it becomes one of the best.</summary>
    Pruned,
}
