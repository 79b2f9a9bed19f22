using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>Answers for pairs, on whichever silo is asked. A stateless worker; key: the ensemble's name.</summary>
[Alias("siamese.IVerdictGrain")]
public interface IVerdictGrain : IGrainWithStringKey
{
    /// <summary>Pairs that <see cref="JudgeAll"/> takes at once; and of images, twice as many.</summary>
    const int MaximumPairs = 256;

    /// <summary>40 MB: all images of a call together, so that any two that are allowed can be judged.</summary>
    const int MaximumBytes = 2 * ImageFile.MaximumBytes;

    /// <summary>Judges two image files (PNG, JPEG, BMP or PGM, as bytes of the file).</summary>
    /// <exception cref="BadInputException">There is no such ensemble or version, a term is out of its range, or an image cannot be read.</exception>
    /// <exception cref="NoQuorumException">Too few of its members can be loaded.</exception>
    [Alias("Judge")]
    Task<Verdict> Judge(ImageFile first, ImageFile second, VerdictTerms terms, CancellationToken cancellation);

    /// <summary>
    /// Judges many pairs by one version of the ensemble, several times as fast as one by one: each image is sent, decoded
    /// and embedded once, however many pairs it is in. An image that cannot be read spoils its own pairs only.
    /// </summary>
    /// <param name="images">Image files, at most <see cref="MaximumBytes"/> in all.</param>
    /// <param name="pairs">Pairs of them, at most <see cref="MaximumPairs"/>.</param>
    /// <param name="terms">How they are to be judged.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>An answer for each pair, in their order.</returns>
    /// <exception cref="BadInputException">There is no such ensemble or version, a term is out of its range, or the call is beyond a limit or names an image that it does not hold.</exception>
    /// <exception cref="NoQuorumException">Too few of the ensemble's members can be loaded.</exception>
    [Alias("JudgeAll")]
    Task<ImmutableArray<PairVerdict>> JudgeAll(
        ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs, VerdictTerms terms, CancellationToken cancellation);
}
