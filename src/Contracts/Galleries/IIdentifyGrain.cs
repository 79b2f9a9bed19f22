using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Galleries;

/// <summary>
/// Enrolls and identifies, one image against all that are enrolled, on whichever silo is asked. A stateless worker; key: the
/// ensemble's name, which is also its gallery's.
/// </summary>
[Alias("siamese.IIdentifyGrain")]
public interface IIdentifyGrain : IGrainWithStringKey
{
    /// <summary>Images that <see cref="Enroll"/> takes at once.</summary>
    const int MaximumImages = 512;

    /// <summary>40 MB: all images of such a call together.</summary>
    const int MaximumBytes = IVerdictGrain.MaximumBytes;

    /// <summary>Names that <see cref="Identify"/> gives at most.</summary>
    const int MaximumTop = 1000;

    /// <summary>
    /// Enrolls images (PNG, JPEG, BMP or PGM, as bytes of the file). The same image under the same name twice is one. An image
    /// that cannot be read, or is blank, is not enrolled.
    /// </summary>
    /// <param name="images">At most <see cref="MaximumImages"/> images of <see cref="MaximumBytes"/> in all.</param>
    /// <param name="wholly">Whether none is to be enrolled where one cannot be; else the rest is.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There is no such ensemble, a name is none, the call is beyond a limit, or an image that all depend on cannot be enrolled.</exception>
    [Alias("Enroll")]
    Task<Enrolment> Enroll(ImmutableArray<NamedImage> images, bool wholly, CancellationToken cancellation);

    /// <summary>
    /// The enrolled names that are nearest to an image. A name counts once, by its nearest image. Where references have yet to
    /// be embedded by the version, the call waits some seconds for that and then says how far it is.
    /// </summary>
    /// <param name="image">The image; the first of every pair.</param>
    /// <param name="top">How many names, 1 to <see cref="MaximumTop"/>; all where there are fewer.</param>
    /// <param name="version">The version of the ensemble; null is the newest.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There is no such ensemble or version, nobody is enrolled, or the image cannot be read or is blank.</exception>
    /// <exception cref="NoQuorumException">Too few of its members can be loaded.</exception>
    [Alias("Identify")]
    Task<IdentifyAnswer> Identify(ImageFile image, int top, int? version, CancellationToken cancellation);

    /// <summary>Has what is enrolled embedded by a version, so that the next <see cref="Identify"/> need not; waits some seconds for that, and is called again.</summary>
    /// <param name="version">The version of the ensemble; null is the newest.</param>
    /// <param name="cancellation">Ends the call, not the embedding.</param>
    /// <exception cref="BadInputException">There is no such ensemble or version.</exception>
    /// <exception cref="NoQuorumException">Too few of its members can be loaded.</exception>
    [Alias("Prepare")]
    Task<GalleryProgress> Prepare(int? version, CancellationToken cancellation);
}
