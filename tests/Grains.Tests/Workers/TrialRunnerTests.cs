using Microsoft.Extensions.Logging.Abstractions;
using Siamese.Contracts;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Data;
using Siamese.Grains.Workers;
using Siamese.Model.Training;

namespace Siamese.Grains.Tests.Workers;

public sealed class TrialRunnerTests
{
    [Fact]
    public async Task A_trial_whose_data_does_not_fit_into_the_memory_can_be_trained_elsewhere_or_later()
    {
        var blobs = new WatchedBlobs(new FolderBlobStore("not used")) { BeforeGet = _ => throw new InsufficientMemoryException() };
        using var library = Uploaded.Library(blobs, "not used");
        var runner = new TrialRunner(library, new FolderCheckpointStore("not used"), blobs, TimeProvider.System, NullLogger<TrialRunner>.Instance);
        var lease = Some.Lease();

        var refusal = await Assert.ThrowsAsync<DataUnavailableException>(() => runner.Run(lease, null, _ => { }, new NoCheckpoints(), default, default));

        Assert.Contains("too little free memory", refusal.Message, StringComparison.Ordinal);
        Assert.True(Transient.Is(refusal));
    }

    [Fact]
    public async Task A_trial_whose_first_weights_are_gone_fails_with_a_reason()
    {
        var blobs = new WatchedBlobs(new FolderBlobStore("not used"));
        using var library = Uploaded.Library(blobs, "not used");
        var runner = new TrialRunner(library, new FolderCheckpointStore("not used"), blobs, TimeProvider.System, NullLogger<TrialRunner>.Instance);
        var spec = Some.Spec();
        var lease = Some.Lease() with { Spec = spec with { Hyperparameters = spec.Hyperparameters with { From = new string('d', 64) } } };

        var failure = await Assert.ThrowsAsync<BadInputException>(() => runner.Run(lease, null, _ => { }, new NoCheckpoints(), default, default));

        Assert.StartsWith("The weights that the trial starts from cannot be read, so it cannot be trained: ", failure.Message, StringComparison.Ordinal);
    }

    private sealed class NoCheckpoints : ICheckpoints
    {
        public bool AreDue(bool endsEpoch) => false;

        public void Take(TrainingSnapshot snapshot) { }
    }
}
