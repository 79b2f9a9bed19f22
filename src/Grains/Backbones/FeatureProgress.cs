using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Backbones;

/// <summary>How far the silos have computed the features that trials wait for.</summary>
internal static class FeatureProgress
{
    /// <summary>A sweep reports at once, whatever happens to the silo that knows.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>The progress with the features of the backbone that has the most to do; the same if no trial waits for features.</summary>
    public static async Task<SweepProgress> Add(IGrainFactory grains, SweepProgress progress, CancellationToken cancellation)
    {
        string[] waiting = [.. progress.Running.Where(trial => trial.Epoch is null).Select(trial => BackboneName.Find(trial.Spec.Hyperparameters.Backbone)?.Manifest).OfType<string>().Distinct()];
        if (waiting.Length == 0)
            return progress;
        try
        {
            var all = await Task.WhenAll(waiting.Select(backbone => grains.GetGrain<IFeatureIndexGrain>(backbone).GetProgress(cancellation))).WaitAsync(_patience, cancellation);
            return progress with { Features = all.OfType<ImagesRead>().MaxBy(one => one.All - one.Read) };
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or StoreUnavailableException)
        {
            return progress;
        }
    }
}
