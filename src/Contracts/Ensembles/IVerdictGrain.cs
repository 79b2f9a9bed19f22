using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Ensembles;

/// <summary>Judges pairs, on the silo that receives the call. A stateless worker; key: the ensemble's name.</summary>
[Alias("siamese.IVerdictGrain")]
public interface IVerdictGrain : IGrainWithStringKey
{
    /// <summary>Maximum number of pairs in one <see cref="JudgeAll"/>; it takes twice as many images.</summary>
    const int MaximumPairs = 256;

    /// <summary>Maximum number of references of one <see cref="JudgeAgainst"/>.</summary>
    const int MaximumReferences = 100;

    /// <summary>40 MB for all images of a call together, so that any two images of the maximum size can be judged.</summary>
    const int MaximumBytes = 2 * ImageFile.MaximumBytes;

    /// <summary>Judges two image files (as bytes of the file).</summary>
    /// <exception cref="BadInputException">There is no such ensemble or version, a term is out of its range, or an image cannot be read.</exception>
    /// <exception cref="NoQuorumException">Too few of its members can be loaded.</exception>
    [Alias("Judge"), May(Role.Ask)]
    Task<Verdict> Judge(ImageFile first, ImageFile second, VerdictTerms terms, CancellationToken cancellation);

    /// <summary>
    /// Judges many pairs with one version of the ensemble, several times as fast as one by one: each image is sent, decoded
    /// and embedded once, however many pairs it is in. An unreadable image fails only its own pairs.
    /// </summary>
    /// <param name="images">Image files, at most <see cref="MaximumBytes"/> in all.</param>
    /// <param name="pairs">Pairs of them, at most <see cref="MaximumPairs"/>.</param>
    /// <param name="terms">How to judge them.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>An answer for each pair, in the same order.</returns>
    /// <exception cref="BadInputException">
    /// There is no such ensemble or version, a term is out of its range, or the call exceeds a limit or names an image that it
    /// does not contain.
    /// </exception>
    /// <exception cref="NoQuorumException">Too few of the ensemble's members can be loaded.</exception>
    [Alias("JudgeAll"), May(Role.Ask)]
    Task<ImmutableArray<PairVerdict>> JudgeAll(
        ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs, VerdictTerms terms, CancellationToken cancellation);

    /// <summary>Judges whether an image is of the class that several references show.</summary>
    /// <param name="image">The image.</param>
    /// <param name="references">One to <see cref="MaximumReferences"/> images of one class; with the image at most <see cref="MaximumBytes"/> in all.</param>
    /// <param name="terms">How to judge it, without terms that need the votes of members or an operating point.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">
    /// There is no such ensemble or version, it is not calibrated for several references, a term is out of its range or does not apply, or an image cannot be read.
    /// </exception>
    /// <exception cref="NoQuorumException">Too few of its members can be loaded.</exception>
    [Alias("JudgeAgainst"), May(Role.Ask)]
    Task<Verdict> JudgeAgainst(ImageFile image, ImmutableArray<ImageFile> references, VerdictTerms terms, CancellationToken cancellation);

    /// <summary>Embeds images with every member of one version of the ensemble.</summary>
    /// <param name="images">Image files, at most twice <see cref="MaximumPairs"/>, and at most <see cref="MaximumBytes"/> in all.</param>
    /// <param name="version">The version; null for the newest.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There is no such ensemble or version, or the call exceeds a limit.</exception>
    /// <exception cref="NoQuorumException">A member cannot be loaded: its numbers would be missing.</exception>
    [Alias("Embed"), May(Role.Ask)]
    Task<EmbeddedImages> Embed(ImmutableArray<ImageFile> images, int? version, CancellationToken cancellation);
}
