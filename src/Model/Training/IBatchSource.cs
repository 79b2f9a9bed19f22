namespace Siamese.Model.Training;

/// <summary>The source of a trial's batches. An epoch always returns the same batches.</summary>
internal interface IBatchSource
{
    /// <summary>Batches in an epoch.</summary>
    int Count { get; }

    /// <summary>The batches of an epoch, from 1.</summary>
    IEnumerable<TrainingBatch> Epoch(int epoch);
}
