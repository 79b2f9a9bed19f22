using System.Text.Json.Nodes;
using Siamese.Contracts.Training;

namespace Siamese.Client.Commands.Trials;

/// <summary>One point of a sweep with repeated trials.</summary>
/// <param name="Trials">Ids of its trials.</param>
/// <param name="Usable">Number of trials that ended usable.</param>
/// <param name="MeanEer">Mean validation EER of the usable trials, 0 to 1; null if there are none.</param>
/// <param name="HalfWidth">Half the width of the mean's 95 % interval; null for fewer than two usable trials.</param>
internal sealed record PointDocument(JsonObject Hyperparameters, string[] Trials, int Usable, double? MeanEer, double? HalfWidth)
{
    /// <summary>The points of trials, ranked; null if every point has a single trial.</summary>
    public static IReadOnlyList<PointDocument>? Of(IReadOnlyCollection<TrialReport> trials) =>
        PointSummary.Rank(trials) is { Count: > 0 } points ? [.. points.Select(Of)] : null;

    private static PointDocument Of(PointSummary point) => new(
        HyperparametersDocument.Of(point.Hyperparameters), [.. point.Trials.Select(trial => trial.Trial)], point.Usable, point.Mean, point.HalfWidth);
}
