using System.Collections.Immutable;

namespace Siamese.Contracts.Data;

/// <summary>Hands out test images. A stateless worker; key 0. Called by `client sample`.</summary>
[Alias("siamese.ISampleGrain")]
public interface ISampleGrain : IGrainWithIntegerKey
{
    /// <summary>Draws <paramref name="count"/> test images, as evenly over the classes as it goes; the same seed draws the same.</summary>
    /// <exception cref="BadInputException">The data cannot be read, or holds fewer test images.</exception>
    [Alias("Draw")]
    Task<ImmutableArray<Sample>> Draw(DataSource source, int count, int seed, CancellationToken cancellation);
}
