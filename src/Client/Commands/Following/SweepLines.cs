using Siamese.Client.Words;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Following;

/// <summary>The lines printed while a sweep runs.</summary>
internal static class SweepLines
{
    /// <summary>What the sweep will do and roughly how long it will take.</summary>
    public static string Opening(SweepProgress progress, int? slotLimit = null)
    {
        var plan = progress.Plan!;
        var slots = Math.Max(1, Math.Min(progress.Slots, slotLimit ?? int.MaxValue));
        var seconds = plan.CoreSeconds / Math.Min(slots, Math.Max(1, plan.Trials));
        return $"Sweep {progress.Sweep}: {Figures.Of(plan.Trials, "trial")} on {Figures.Of(slots, "slot")}, data {plan.DataName} "
            + $"({Figures.Count(plan.Classes)} classes; "
            + $"{Figures.Count(plan.TrainingImages)} training, {Figures.Count(plan.ValidationImages)} validation and {Figures.Count(plan.TestImages)} test images{(plan.Passes > 1 ? $"; an epoch sees each training image {plan.Passes} times" : "")}), "
            + $"about {Figures.Duration(seconds)}.";
    }

    /// <summary>A trial that has ended.</summary>
    public static string Ended(TrialReport trial, TrialLabels labels)
    {
        var result = trial.Result;
        var line = $"{labels.Of(trial.Trial, trial.Spec)}: {(trial.Status is TrialStatus.Waiting ? "waiting for a slot again" : Word.Of(trial.Status))}";
        if (trial.Reused)
            line += ", reused";
        if (result?.Validation is { } validation)
            line += $", validation EER {Figures.Percent(validation.Eer)}";
        if (result is { Seconds: > 0 })
            line += $", {Figures.Duration(result.Seconds)}";
        return result?.Reason is { Length: > 0 } reason ? $"{line} ({reason})" : line;
    }

    /// <summary>A trial in training. A narrow terminal drops the loss first, then the hyperparameters.</summary>
    public static string Running(RunningTrial trial, TrialLabels labels, int width = int.MaxValue)
    {
        var name = labels.Of(trial.Trial, trial.Spec);
        var epochs = $"epoch {trial.Epoch?.Epoch ?? 0}/{trial.Spec.Hyperparameters.Epochs}";
        if (trial.Epoch is not { } epoch)
            return Figures.Crop($"{name}  {epochs}", width);
        var loss = $"loss {Figures.Number(Math.Round(epoch.Loss, 4))}";
        var eer = $"EER {Figures.Percent(epoch.ValidationEer)}";
        var left = trial.SecondsLeft is { } seconds ? $"  {Figures.Duration(seconds)} left" : "";
        string[] wideToNarrow =
        [
            $"{name}  {epochs}  {loss}  {eer}{left}",
            $"{name}  {epochs}  {eer}{left}",
            $"{Figures.ShortId(trial.Trial)}  {epochs}  {eer}{left}",
        ];
        return Figures.Crop(wideToNarrow.FirstOrDefault(line => line.Length <= width) ?? wideToNarrow[^1], width);
    }

    /// <summary>What the user should know if the client exits before the sweep ends.</summary>
    public static string GoesOn(string sweep) =>
        $"Sweep {sweep} continues without this client. Follow it with `client watch {sweep}`; stop it with `client cancel {sweep}`.";

    /// <summary>The progress of the whole sweep.</summary>
    public static string Total(SweepProgress progress)
    {
        var trials = progress.Plan?.Trials ?? 0;
        var line = progress.Phase switch
        {
            SweepPhase.Preparing => progress.Reading is { } images ? $"reading the data, {Figures.Count(images.Read)} of {Figures.Count(images.All)} images" : "reading the data",
            SweepPhase.Forming => $"forming the ensemble, {progress.EndedInAll}/{trials} trials ended",
            _ => $"{(progress.Features is { } features ? $"computing features, {Figures.Count(features.Read)} of {Figures.Count(features.All)} images; " : "")}{progress.EndedInAll}/{trials} trials ended, {progress.Running.Length} running",
        };
        if (progress.Waiting > 0)
            line += $", {progress.Waiting} waiting" + (progress.WaitingFor is { } reason ? $" {reason}" : "");
        if (progress is { Phase: SweepPhase.Running, Newest: { } newest })
            line += $"; an ensemble of {newest.Members} so far, validation EER {Figures.Percent(newest.ValidationEer)}";
        return $"{Figures.Duration(progress.Seconds)}: {line}";
    }
}
