using Siamese.Contracts.Trials;

namespace Siamese.Grains.Trials;

/// <summary>The figures of an ended trial that lists are ordered by; null if there is none, or if it is not finite.</summary>
/// <param name="Eer">Validation EER, 0 to 1.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="Epochs">Number of finished epochs.</param>
[GenerateSerializer, Immutable, Alias("siamese.TrialFigures")]
internal readonly record struct TrialFigures(double? Eer, double? Seconds, int? Epochs)
{
    /// <summary>The figures of a result; none if there is no result.</summary>
    public static TrialFigures Of(TrialResult? result) =>
        result is null ? default : new(Finite(result.Validation?.Eer), Finite(result.Seconds), result.Epochs.IsDefault ? null : result.Epochs.Length);

    private static double? Finite(double? number) => number is { } value && double.IsFinite(value) ? value : null;
}
