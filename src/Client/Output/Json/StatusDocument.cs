using Siamese.Client.CommandLine;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Output.Json;

/// <summary>The current state of a sweep: the document of `status SWEEP` and of `sweep --detach`.</summary>
/// <param name="Trials">Number of trials; null until the data has been read.</param>
/// <param name="Drifts">How recent feedback contradicts its ensemble.</param>
/// <param name="Ended">Number of trials that have ended.</param>
internal sealed record StatusDocument(
    string Sweep, string Phase, string? Problem, DateTimeOffset SubmittedAt, string? Data, int? Trials, int Waiting,
    string? WaitingFor, int Ended, IReadOnlyList<StatusDocument.UnderWay> Running, int Slots, double? Seconds,
    string? Ensemble, IReadOnlyList<DriftDocument> Drifts)
{
    public static StatusDocument Of(SweepProgress p, IEnumerable<Drift> drifts) => new(
        p.Sweep, Word.Of(p.Phase), p.Problem, p.SubmittedAt, p.Plan?.DataName, p.Plan?.Trials, p.Waiting, p.WaitingFor,
        p.EndedInAll, [.. p.Running.Select(UnderWay.Of)], p.Slots, MetricsDocument.Finite(p.Seconds), p.Ensemble,
        [.. drifts.Select(DriftDocument.Of)]);

    /// <summary>A trial that a silo is training; epoch 0 means that the first epoch has not ended.</summary>
    internal sealed record UnderWay(
        string Trial, string Silo, int Epoch, int Epochs, double? Loss, double? ValidationEer, double? SecondsLeft)
    {
        public static UnderWay Of(RunningTrial trial) => new(
            trial.Trial,
            trial.Silo,
            trial.Epoch?.Epoch ?? 0,
            trial.Spec.Hyperparameters.Epochs,
            MetricsDocument.Finite(trial.Epoch?.Loss),
            MetricsDocument.Finite(trial.Epoch?.ValidationEer),
            MetricsDocument.Finite(trial.SecondsLeft));
    }
}
