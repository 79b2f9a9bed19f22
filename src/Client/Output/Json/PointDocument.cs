using System.Text.Json.Nodes;
using Siamese.Contracts.Training;

namespace Siamese.Client.Output.Json;

/// <summary>One point of a sweep whose trials are repeated.</summary>
/// <param name="Trials">Ids of its trials.</param>
/// <param name="Usable">How many of them were trained to a usable end.</param>
/// <param name="MeanEer">Their mean validation EER, 0 to 1; null where there is none.</param>
/// <param name="HalfWidth">Half the width of the mean's 95 % interval; null of fewer than two trials.</param>
internal sealed record PointDocument(JsonObject Hyperparameters, string[] Trials, int Usable, double? MeanEer, double? HalfWidth)
{
    /// <summary>The points of trials, ranked; null where every point has one trial.</summary>
    public static IReadOnlyList<PointDocument>? Of(IReadOnlyCollection<TrialReport> trials) =>
        PointSummary.Rank(trials) is { Count: > 0 } points ? [.. points.Select(Of)] : null;

    private static PointDocument Of(PointSummary point) => new(
        HyperparametersDocument.Of(point.Hyperparameters), [.. point.Trials.Select(trial => trial.Trial)], point.Usable, point.Mean, point.HalfWidth);
}
