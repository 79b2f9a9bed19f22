namespace Siamese.Model.Training;

/// <summary>Where a trial's batches come from. The same epoch always gives the same batches.</summary>
internal interface IBatchSource
{
    /// <summary>Batches in an epoch.</summary>
    int Count { get; }

    /// <summary>The batches of an epoch, from 1.</summary>
    IEnumerable<TrainingBatch> Epoch(int epoch);
}
