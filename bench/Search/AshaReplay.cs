using Siamese.Contracts.Trials;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Pruners;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Trials;

namespace Siamese.Bench.Search;

/// <summary>Replays a sweep of recorded trials in a random order, to find what its decisions would have cost in training time.</summary>
internal sealed class AshaReplay
{
    private const int Slots = 2;

    /// <summary>A member this close to the best of all counts as equally good: 0.3 points of EER.</summary>
    private const double CloseEnough = 0.003;

    private static readonly TimeSpan _never = TimeSpan.FromDays(1000);

    private readonly RecordedTrial[] _trials;
    private readonly double _goal;

    /// <param name="points">The trials of each point, one per seed.</param>
    /// <param name="seed">Decides the order of the points, and which seed's trial represents each.</param>
    public AshaReplay(IReadOnlyList<RecordedTrial[]> points, int seed)
    {
        var random = new SplitMix(seed, 0);
        _trials = [.. points.Select(point => (Trial: point[(int)(random.NextDouble() * point.Length)], Order: random.NextDouble())).OrderBy(drawn => drawn.Order).Select(drawn => drawn.Trial)];
        _goal = _trials.Min(trial => trial.Eers[^1]) + CloseEnough;
    }

    /// <summary>Seconds of training until a good enough member is fully trained.</summary>
    public double SecondsToGood(IPruner? pruner)
    {
        var queue = new TrialQueue("replay", [.. _trials.Select(SpecOf)], [], slots: null, pruner);
        var epochs = new int[_trials.Length];
        // What each slot trains, and when it finishes its current epoch.
        var slots = new PriorityQueue<int, double>();
        var clock = 0.0;
        for (var slot = 0; slot < Slots; slot++)
            Fill();
        while (slots.TryDequeue(out var ordinal, out clock))
        {
            var trial = _trials[ordinal];
            var epoch = ++epochs[ordinal];
            var report = ReportOf(trial, epoch);
            if (epoch == trial.Eers.Length)
            {
                queue.End(ordinal, new TrialResult { Status = TrialStatus.Completed, Epochs = [.. Enumerable.Range(1, epoch).Select(e => ReportOf(trial, e))] });
                if (trial.Eers[^1] <= _goal)
                    return clock;
            }
            else
            {
                queue.Heard(ordinal, "slot", report, TimeSpan.Zero);
                if (queue.Judge(ordinal) is not { } why)
                {
                    slots.Enqueue(ordinal, clock + SecondsOfAnEpoch(trial));
                    continue;
                }

                queue.Pause(ordinal, why);
            }

            Fill();
        }

        return clock;

        void Fill()
        {
            queue.Promote();
            if (queue.Reserve("slot", TimeSpan.Zero, _never) is not { } next)
                return;
            queue.Answered(next, new LeaseAnswer(1, null, null), "slot", TimeSpan.Zero);
            slots.Enqueue(next, clock + SecondsOfAnEpoch(_trials[next]));
        }
    }

    private static double SecondsOfAnEpoch(RecordedTrial trial) => trial.Seconds / trial.Eers.Length;

    private static EpochReport ReportOf(RecordedTrial trial, int epoch) =>
        new(epoch, trial.Eers.Length, 0, trial.Eers[epoch - 1], epoch) { Curve = [.. trial.Eers.Take(epoch)] };

    private static TrialSpec SpecOf(RecordedTrial trial) =>
        new() { Hyperparameters = trial.Point, DataFingerprint = "recorded", Shard = 0, Shards = 1, Seed = trial.Seed, CodeVersion = "" };
}
