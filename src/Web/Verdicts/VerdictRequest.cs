using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Requests;

namespace Siamese.Web.Verdicts;

/// <summary>A question: do two images, or an image and several references, show the same?</summary>
/// <param name="Ensemble">The ensemble to ask; the newest by default.</param>
/// <param name="First">The first image.</param>
/// <param name="Second">The image to compare it with. State this, or <paramref name="References"/>, or <paramref name="Enrolled"/>.</param>
/// <param name="References">Several images of one class to compare it with, at most 100.</param>
/// <param name="Enrolled">An enrolled name to compare it with.</param>
/// <param name="Version">The ensemble's version; the newest by default.</param>
/// <param name="Prior">The probability of *same* before the images are seen, above 0 and below 1; 0.5 by default.</param>
/// <param name="Unsure">Two probabilities; those between them are *unsure*.</param>
/// <param name="Disagreement">*Unsure* if members with at least this share of the weight disagree; above 0 and up to 0.5.</param>
/// <param name="MaxFar">Use the threshold at which at most this share of different validation pairs is called same.</param>
/// <param name="MaxFrr">Use the threshold at which at most this share of same validation pairs is called different.</param>
/// <param name="Novelty">*Unsure* if an image is farther from training than all but this share of validation images.</param>
internal sealed record VerdictRequest(
    ImageDocument First, ImageDocument? Second = null, ImmutableArray<ImageDocument>? References = null, string? Enrolled = null, string? Ensemble = null,
    int? Version = null, double? Prior = null, double[]? Unsure = null, double? Disagreement = null, double? MaxFar = null, double? MaxFrr = null, double? Novelty = null)
{
    /// <exception cref="BadInputException">A term is out of its range.</exception>
    public VerdictTerms Terms() => Verdicts.Terms.Of(Version, Prior, Unsure, Disagreement, MaxFar, MaxFrr, Novelty);
}
