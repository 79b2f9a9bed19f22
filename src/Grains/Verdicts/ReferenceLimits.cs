using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.References;

namespace Siamese.Grains.Verdicts;

/// <summary>What a verdict against several references needs.</summary>
internal static class ReferenceLimits
{
    /// <exception cref="BadInputException">There are no references or too many, or a term does not apply to several.</exception>
    public static void Check(ImmutableArray<ImageFile> references, VerdictTerms terms)
    {
        BadInputException.ThrowUnless(!references.IsDefaultOrEmpty, $"'references': there are none. Give one or more images of one class.");
        BadInputException.ThrowUnless(
            references.Length <= IVerdictGrain.MaximumReferences,
            $"'references': give at most {IVerdictGrain.MaximumReferences}; you gave {references.Length}.");
        foreach (var (term, isStated) in new[] { ("max-far", terms.MaximumFar is not null), ("max-frr", terms.MaximumFrr is not null), ("disagreement", terms.Disagreement is not null), ("novelty", terms.Novelty is not null) })
            BadInputException.ThrowUnless(!isStated, $"'{term}' applies to pairs of images, not to several references. Leave it out.");
    }

    /// <summary>The calibration for a number of references, or for the largest smaller number.</summary>
    /// <exception cref="BadInputException">The ensemble has none.</exception>
    public static ReferenceCalibration CalibrationFor(int count, Ensemble ensemble) => ensemble.References.LastOrDefault(calibration => calibration.Count <= count)
        ?? throw new BadInputException(
            $"Version {ensemble.Version} of ensemble {ensemble.Name} is not calibrated for several references: its validation images have no two classes with three images, or an earlier build formed it. Give one reference.");
}
