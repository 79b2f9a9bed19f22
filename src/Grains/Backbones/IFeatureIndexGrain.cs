using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Backbones;

/// <summary>
/// Knows the images whose features a backbone has computed, by their content, and who computes others now, so that the silos
/// share the work. Key: the name of the backbone's manifest.
/// </summary>
[Alias("siamese.IFeatureIndexGrain"), SilosOnly]
internal interface IFeatureIndexGrain : IGrainWithStringKey
{
    /// <summary>Finds features, and claims the images that have none and that nobody else computes. Claiming again extends a claim.</summary>
    /// <param name="claimant">One reading of a data set on one silo.</param>
    /// <param name="images">Hashes of the images' pixels.</param>
    /// <param name="progress">How many of its images have features there, and how many it has.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The place of each image's features, in the order of the images.</returns>
    [Alias("Claim")]
    Task<ImmutableArray<FeaturePlace>> Claim(string claimant, ImmutableArray<UInt128> images, ImagesRead progress, CancellationToken cancellation);

    /// <summary>Notes computed features, which ends the claims.</summary>
    /// <param name="blob">Their blob, with a row for each image.</param>
    /// <param name="images">Hashes of the images' pixels, in the order of the rows.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("Add")]
    Task Add(string blob, ImmutableArray<UInt128> images, CancellationToken cancellation);

    /// <summary>How many images of the data that silos read now have features, over all silos; null if none reads any.</summary>
    [Alias("GetProgress")]
    Task<ImagesRead?> GetProgress(CancellationToken cancellation);

    /// <summary>Ends all claims of a claimant that has failed or has everything.</summary>
    [Alias("Release")]
    Task Release(string claimant, CancellationToken cancellation);

    /// <summary>Forgets a blob that is no longer in the store.</summary>
    [Alias("Lost")]
    Task Lost(string blob, CancellationToken cancellation);
}

/// <summary>The place of an image's features.</summary>
/// <param name="Blob">The blob; null if they are not computed yet.</param>
/// <param name="Row">The row in it, from 0.</param>
/// <param name="IsYours">Whether whoever asked is to compute them.</param>
[GenerateSerializer, Immutable, Alias("siamese.FeaturePlace")]
internal readonly record struct FeaturePlace(string? Blob, int Row, bool IsYours);
