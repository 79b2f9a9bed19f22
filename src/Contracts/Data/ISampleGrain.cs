using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Data;

/// <summary>Hands out test images. A stateless worker; key 0. Called by `client sample`.</summary>
[Alias("siamese.ISampleGrain")]
public interface ISampleGrain : IGrainWithIntegerKey
{
    /// <summary>Draws <paramref name="count"/> test images, as evenly over the classes as possible; the same seed draws the same images.</summary>
    /// <exception cref="BadInputException">The data cannot be read, or has fewer test images.</exception>
    [Alias("Draw"), May(Role.Train)]
    Task<ImmutableArray<Sample>> Draw(DataSource source, int count, int seed, CancellationToken cancellation);

    /// <summary>Shows test images side by side.</summary>
    /// <param name="source">The data.</param>
    /// <param name="fingerprint">The expected content hash; if it differs, the indices would mean other images.</param>
    /// <param name="pairs">Indices among the test images.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">The data cannot be read, has changed, or has no such test image.</exception>
    [Alias("Show"), May(Role.Train)]
    Task<ImmutableArray<SamplePair>> Show(DataSource source, string fingerprint, ImmutableArray<PairOfImages> pairs, CancellationToken cancellation);
}
