using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>The current state of a sweep: the document of `status SWEEP` and of `sweep --detach`.</summary>
/// <param name="Trials">Number of trials; null until the data has been read.</param>
/// <param name="Drifts">How recent feedback contradicts its ensemble.</param>
/// <param name="Ended">Number of trials that have ended.</param>
public sealed record StatusDocument(
    string Sweep, string Phase, string? Problem, DateTimeOffset SubmittedAt, string? Data, int? Trials, int Waiting,
    string? WaitingFor, int Ended, IReadOnlyList<StatusDocument.UnderWay> Running, int Slots, double? Seconds,
    string? Ensemble, IReadOnlyList<DriftDocument> Drifts)
{
    public static StatusDocument Of(SweepProgress p, IEnumerable<Drift> drifts) => new(
        p.Sweep, Words.Of(p.Phase), p.Problem, p.SubmittedAt, p.Plan?.DataName, p.Plan?.Trials, p.Waiting, p.WaitingFor,
        p.EndedInAll, [.. p.Running.Select(UnderWay.Of)], p.Slots, MetricsDocument.Finite(p.Seconds), p.Ensemble,
        [.. drifts.Select(DriftDocument.Of)]);

    /// <summary>A trial that a silo is training; epoch 0 means that the first epoch has not ended.</summary>
    public sealed record UnderWay(
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

/// <summary>Every sweep, the newest first: the document of `status`.</summary>
public sealed record BoardDocument(IReadOnlyList<BoardDocument.Posted> Sweeps)
{
    public static BoardDocument Of(IEnumerable<BoardEntry> entries) => new([.. entries.Select(Posted.Of)]);

    /// <summary>One sweep.</summary>
    /// <param name="Drifts">How recent feedback contradicts its ensemble.</param>
    public sealed record Posted(string Sweep, string Phase, DateTimeOffset SubmittedAt, string? Ensemble, DateTimeOffset? FormedAt, IReadOnlyList<DriftDocument> Drifts)
    {
        public static Posted Of(BoardEntry entry) =>
            new(entry.Sweep, Words.Of(entry.Phase), entry.SubmittedAt, entry.HasEnsemble ? entry.Sweep : null, entry.FormedAt, [.. entry.Drifts.Select(DriftDocument.Of)]);
    }
}
