using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Galleries;

/// <summary>
/// Enrolls images, and identifies one image among all enrolled ones, on the silo that receives the call. A stateless worker;
/// key: the ensemble's name, which is also its gallery's.
/// </summary>
[Alias("siamese.IIdentifyGrain")]
public interface IIdentifyGrain : IGrainWithStringKey
{
    /// <summary>Maximum number of images in one <see cref="Enroll"/>.</summary>
    const int MaximumImages = 512;

    /// <summary>40 MB for all images of such a call together.</summary>
    const int MaximumBytes = IVerdictGrain.MaximumBytes;

    /// <summary>Maximum number of names that <see cref="Identify"/> returns.</summary>
    const int MaximumTop = 1000;

    /// <summary>
    /// Enrolls images (as bytes of the file). The same image under the same name counts once. An
    /// unreadable or blank image is not enrolled.
    /// </summary>
    /// <param name="images">At most <see cref="MaximumImages"/> images of <see cref="MaximumBytes"/> in all.</param>
    /// <param name="wholly">Whether to enroll none if one cannot be enrolled; else the rest is enrolled.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">
    /// There is no such ensemble, a name is not valid, the call exceeds a limit, or an image cannot be enrolled and
    /// <paramref name="wholly"/> is true.
    /// </exception>
    [Alias("Enroll"), May(Role.Teach, IsAudited = true)]
    Task<Enrolment> Enroll(ImmutableArray<NamedImage> images, bool wholly, CancellationToken cancellation);

    /// <summary>
    /// The enrolled names that are nearest to an image. A name counts once, by its nearest image. If the version has yet to
    /// embed references, the call waits some seconds for that and then returns the progress.
    /// </summary>
    /// <param name="image">The image; it is the first image of every pair.</param>
    /// <param name="top">Number of names, 1 to <see cref="MaximumTop"/>; all if there are fewer.</param>
    /// <param name="version">The version of the ensemble; null means the newest.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There is no such ensemble or version, nobody is enrolled, or the image cannot be read or is blank.</exception>
    /// <exception cref="NoQuorumException">Too few of its members can be loaded.</exception>
    [Alias("Identify"), May(Role.Ask)]
    Task<IdentifyAnswer> Identify(ImageFile image, int top, int? version, CancellationToken cancellation);

    /// <summary>Judges whether an image is of an enrolled name, against all images enrolled under it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="name">The name.</param>
    /// <param name="terms">As for <see cref="IVerdictGrain.JudgeAgainst"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">Nobody has that name, more images are enrolled under it than can be judged against, or as for <see cref="IVerdictGrain.JudgeAgainst"/>.</exception>
    /// <exception cref="NoQuorumException">Too few of the ensemble's members can be loaded.</exception>
    [Alias("Verify"), May(Role.Ask)]
    Task<Verdict> Verify(ImageFile image, string name, VerdictTerms terms, CancellationToken cancellation);

    /// <summary>
    /// Embeds the enrolled images with a version, so that the next <see cref="Identify"/> need not. Waits some seconds for
    /// that; call it again until it is ready.
    /// </summary>
    /// <param name="version">The version of the ensemble; null means the newest.</param>
    /// <param name="cancellation">Ends the call, not the embedding.</param>
    /// <exception cref="BadInputException">There is no such ensemble or version.</exception>
    /// <exception cref="NoQuorumException">Too few of its members can be loaded.</exception>
    [Alias("Prepare"), May(Role.Ask)]
    Task<GalleryProgress> Prepare(int? version, CancellationToken cancellation);
}
