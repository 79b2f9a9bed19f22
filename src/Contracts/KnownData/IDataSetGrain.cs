using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.KnownData;

/// <summary>
/// Looks at one data set that sweeps use. It is read once, when somebody first asks for it, and then compared for look-alikes;
/// neither holds up other calls. Key: the data set's fingerprint.
/// </summary>
[Alias("siamese.IDataSetGrain")]
public interface IDataSetGrain : IGrainWithStringKey
{
    /// <summary>Maximum number of classes that <see cref="GetDetails"/> returns.</summary>
    const int MaximumClasses = 100;

    /// <summary>What is known of it so far. Waits some time if it has yet to be read.</summary>
    /// <param name="from">The first class to return, from 0.</param>
    /// <param name="count">Number of classes to return, up to <see cref="MaximumClasses"/>.</param>
    /// <param name="cancellation">Ends the call, not the reading.</param>
    /// <exception cref="BadInputException">No sweep uses such a data set, or a number is out of its range.</exception>
    [Alias("GetDetails"), May(Role.Read)]
    Task<DataSetDetails> GetDetails(int from, int count, CancellationToken cancellation);

    /// <summary>A picture of one of its images, of at most 96 pixels a side, as a PNG file. Pen strokes are drawn.</summary>
    /// <param name="part">The split that the image is in.</param>
    /// <param name="index">Its index in that split.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">No sweep uses such a data set, it cannot be read, or it has no such image.</exception>
    [Alias("GetPicture"), May(Role.Train)]
    Task<ImmutableArray<byte>> GetPicture(SplitPart part, int index, CancellationToken cancellation);
}
