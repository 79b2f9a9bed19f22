using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Commands.Plots;

/// <summary>A sweep over margins, losses and learning rates, with trials of every kind.</summary>
internal static class SomeSweep
{
    public static TrialReport[] Trials { get; } =
    [
        .. from place in Enumerable.Range(0, 12)
           select Trial(place),
        Trial(12) with { Status = TrialStatus.Unusable, Result = Trial(12).Result! with { Status = TrialStatus.Unusable, Reason = "collapsed <script>alert(1)</script>" } },
        Trial(13) with { Status = TrialStatus.Waiting, Result = null, Why = "waiting for a free slot" },
    ];

    /// <summary>A client of a cluster with this sweep, which has ended.</summary>
    public static ClientRun Client()
    {
        var client = new ClientRun();
        var ended = Trials.Where(trial => trial.Result is not null).Reverse().ToArray();
        client.Sweep.Do(cursor => Some.Completed(ended[cursor..Math.Min(cursor + 5, ended.Length)]) with { Cursor = Math.Min(cursor + 5, ended.Length), CursorEnd = ended.Length, EndedInAll = ended.Length });
        client.Sweep.Importance = Some.Importance() with { Hyperparameters = [.. Some.Importance().Hyperparameters, new("margin", null, new(1, 1, 0.05, 4))] };
        client.Sweep.Trials.Clear();
        client.Sweep.Trials.AddRange(Trials);
        return client;
    }

    private static TrialReport Trial(int place)
    {
        var eer = 0.01 * (place + 1);
        var trial = Some.Trial($"{place:x8}22334455", eer: eer);
        return trial with
        {
            Spec = trial.Spec with { Hyperparameters = trial.Spec.Hyperparameters with { Margin = 1 + (place % 3), Loss = place % 2 == 0 ? "contrastive" : "triplet", LearningRate = 0.0001 * (1 << place) } },
            Result = trial.Result! with { Epochs = [new(1, 3, 0.9, 0.4, 10), new(2, 3, 0.5, eer + 0.05, 20), new(3, 3, 0.3, eer, 30)], KeptEpoch = 3 },
        };
    }
}
