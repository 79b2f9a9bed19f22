using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

/// <summary>Takes one checkpoint at a chosen place, and stops the training there.</summary>
/// <param name="isThere">Whether this is the place, given the batches asked about so far and whether an epoch just ended.</param>
internal sealed class CheckpointsAt(Func<int, bool, bool> isThere) : ICheckpoints, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _batches;

    /// <summary>Cancelled when the checkpoint has been taken.</summary>
    public CancellationToken Taken => _stop.Token;

    public TrainingSnapshot? Snapshot { get; private set; }

    public bool AreDue(bool endsEpoch)
    {
        if (!endsEpoch)
            _batches++;
        return Snapshot is null && isThere(_batches, endsEpoch);
    }

    public void Take(TrainingSnapshot snapshot)
    {
        Snapshot = snapshot;
        _stop.Cancel();
    }

    public void Dispose() => _stop.Dispose();
}
