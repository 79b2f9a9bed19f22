using System.Globalization;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Grains.Storage;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Inputs;

namespace Siamese.Grains.Backbones;

/// <summary>
/// Computes the features of data sets' images. Silos that read the same data at once each compute a part, and take the rest from
/// the store. One per silo.
/// </summary>
internal sealed partial class FeatureExtraction(
    LoadedBackbones backbones, IGrainFactory grains, IBlobStore blobs, ILocalSiloDetails silo, TimeProvider time, ILogger<FeatureExtraction> logger) : IFeatures
{
    private readonly ILogger _logger = logger;
    private int _readings;

    /// <inheritdoc/>
    public void Compute(BackboneShape shape, int count, ReadItem read, byte[] features, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var claimant = string.Create(CultureInfo.InvariantCulture, $"{silo.SiloAddress} {Interlocked.Increment(ref _readings)}");
        var index = grains.GetGrain<IFeatureIndexGrain>(shape.Name.Manifest);
        var run = new FeatureRun(backbones.Get(shape.Name.Manifest, shape.Name.Brief), shape, claimant, index, blobs, time);
        try
        {
            run.Fill(count, read, features, cancellation);
        }
        finally
        {
            Release(index, claimant);
        }

        LogComputed(run.Computed, count, shape.Name.Brief, time.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Lets others compute what this one claimed. If that fails, its claims end after a while.</summary>
    private static void Release(IFeatureIndexGrain index, string claimant)
    {
        try
        {
            index.Release(claimant, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or StoreUnavailableException)
        {
            // Nobody waits for longer than a claim lasts.
        }
    }

    [LoggerMessage(LogLevel.Information, "Computed the features of {Computed} of {Count} images with backbone {Backbone} in {Seconds:F1} s; the others were in the store")]
    private partial void LogComputed(int computed, int count, string backbone, double seconds);
}
