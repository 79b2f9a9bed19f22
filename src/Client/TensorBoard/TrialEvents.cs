using Google.Protobuf.WellKnownTypes;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;

namespace Siamese.Client.TensorBoard;

/// <summary>A trial as a run of TensorBoard: loss and validation EER of each epoch, and its hyperparameters.</summary>
internal static class TrialEvents
{
    public const string Loss = "training/loss";

    public const string Eer = "validation/eer";

    /// <param name="start">When it began. Clusters do not record that, so it is when the sweep was submitted.</param>
    public static byte[] File(TrialReport trial, DateTimeOffset start) => EventFile.Of(Of(trial, start.ToUnixTimeMilliseconds() / 1000.0));

    private static IEnumerable<byte[]> Of(TrialReport trial, double start)
    {
        yield return Events.Version(start);
        yield return Events.Start(start, Figures.ShortId(trial.Trial), Hyperparameters(trial.Spec));
        var eers = TrialDocument.Of(trial).Eers;
        // A paused trial has the EER of every epoch, but only the last report.
        var reports = (trial.Result?.Epochs ?? []).ToDictionary(report => report.Epoch);
        var time = start;
        for (var epoch = 1; epoch <= eers.Length; epoch++)
        {
            var report = reports.GetValueOrDefault(epoch);
            time = report is null ? time : start + report.Seconds;
            if (report is { Loss: var loss } && double.IsFinite(loss))
                yield return Events.Scalar(time, epoch, Loss, loss);
            if (eers[epoch - 1] is { } eer)
                yield return Events.Scalar(time, epoch, Eer, eer);
        }

        yield return Events.End(start + (trial.Result?.Seconds ?? 0), trial.Status is TrialStatus.Completed);
    }

    private static IEnumerable<(string, Value)> Hyperparameters(TrialSpec spec) =>
    [
        .. from hyperparameter in Hyperparameter.All
           let value = hyperparameter.Get(spec.Hyperparameters)
           where value is not null
           select (hyperparameter.JsonName, value.Value.Word is { } word ? Value.ForString(word) : Value.ForNumber(value.Value.Number)),
        ("shard", Value.ForNumber(spec.Shard)),
        ("seed", Value.ForNumber(spec.Seed)),
    ];
}
