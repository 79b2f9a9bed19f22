namespace Siamese.Contracts.Training;

/// <summary>How a trial stands or ended.</summary>
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

    /// <summary>Its silo died under it, twice at the same place: it is not leased again unless the user says so.</summary>
    Poisonous,

    /// <summary>Paused because it fell behind the others. It keeps its checkpoint, and goes on where it comes to be among the best.</summary>
    Pruned,
}
