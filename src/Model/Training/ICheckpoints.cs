namespace Siamese.Model.Training;

/// <summary>
/// What the training thread asks and tells of checkpoints, between two batches. Implemented by whoever keeps them. After
/// the last epoch it asks nothing: the outcome follows at once.
/// </summary>
public interface ICheckpoints
{
    /// <summary>Whether a checkpoint is due at this place. Asked after every batch and every epoch; must be quick.</summary>
    /// <param name="endsEpoch">Whether an epoch was just finished, its validation and its report included.</param>
    bool AreDue(bool endsEpoch);

    /// <summary>Takes a checkpoint. Whoever implements it hands it on and returns: training waits for it.</summary>
    void Take(TrainingSnapshot snapshot);
}
