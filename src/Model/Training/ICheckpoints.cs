namespace Siamese.Model.Training;

/// <summary>
/// Receives checkpoints from the training thread, between two batches. The training thread calls nothing after the last
/// epoch, because the outcome follows at once.
/// </summary>
public interface ICheckpoints
{
    /// <summary>Whether a checkpoint is due now. Called after every batch and every epoch; must be quick.</summary>
    /// <param name="endsEpoch">Whether an epoch just finished, including its validation and its report.</param>
    bool AreDue(bool endsEpoch);

    /// <summary>Takes a checkpoint. Hand it on and return at once: training waits for this call.</summary>
    void Take(TrainingSnapshot snapshot);
}
