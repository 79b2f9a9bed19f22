using System.Collections.Immutable;

namespace Siamese.Contracts.Trials;

/// <summary>The result of one epoch of a trial.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">Number of epochs of the trial.</param>
/// <param name="Loss">Mean training loss over the epoch's batches.</param>
/// <param name="ValidationEer">Equal error rate on validation pairs, 0 to 1.</param>
/// <param name="Seconds">Seconds of training so far, validation included.</param>
/// <param name="Spread">Mean distance of *different* validation pairs; null in reports of earlier builds.</param>
[GenerateSerializer, Immutable, Alias("siamese.EpochReport")]
public sealed record EpochReport(int Epoch, int Epochs, double Loss, double ValidationEer, double Seconds, double? Spread = null)
{
    /// <summary>
    /// Validation EER of every epoch so far, in a report of a trial that is being trained, so that a receiver may miss earlier
    /// reports. Empty in a result, which has all reports.
    /// </summary>
    [Id(6)] public ImmutableArray<double> Curve { get; init; } = [];
}
