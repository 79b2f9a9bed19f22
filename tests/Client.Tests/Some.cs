using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests;

/// <summary>Records of Contracts, for tests that care about only some of their values.</summary>
internal static class Some
{
    public static readonly PairMetrics Metrics = new(Pairs: 1000, Eer: 0.0231, EerThreshold: 1, Auc: 0.998, Accuracy: 0.977, TarAtFar01: 0.9, TarAtFar001: 0.8);

    public static TrialSpec Spec(double? margin = 2, int seed = 1) => new()
    {
        Hyperparameters = new() { Margin = margin },
        DataFingerprint = "data",
        Shard = 0,
        Shards = 1,
        Seed = seed,
        CodeVersion = "code",
    };

    public static TrialReport Trial(string id = "3fa94c2155667788", double? margin = 2, double eer = 0.0231, TrialStatus status = TrialStatus.Completed, string? reason = null) => new()
    {
        Trial = id,
        Spec = Spec(margin),
        Status = status,
        Result = new()
        {
            Status = status,
            Reason = reason,
            Validation = status == TrialStatus.Failed ? null : Metrics with { Eer = eer },
            Epochs = [new(1, 2, 0.5, 0.1, 20), new(2, 2, 0.25, eer, 41.3)],
            Seconds = 41.3,
            Positives = 4000,
            Negatives = 6000,
        },
    };

    public static RunningTrial Running(double margin = 5) => new()
    {
        Trial = "b5d1aa0011223344",
        Spec = Spec(margin),
        Silo = "silo-1",
        Epoch = new(7, 20, 0.12344, 0.0321, 17),
        SecondsLeft = 38,
    };

    public static SweepPlan Plan(int trials = 3) => new()
    {
        Trials = trials,
        CoreSeconds = 190,
        DataName = "mnist-mini",
        DataFingerprint = "data",
        Classes = 10,
        TrainingImages = 1000,
        ValidationImages = 1000,
        TestImages = 10000,
        Remarks = ["Pairs are balanced."],
    };

    public static SweepProgress Progress(SweepPhase phase, params TrialReport[] ended) => new()
    {
        Sweep = "zolaki-47",
        Phase = phase,
        Plan = phase is SweepPhase.Preparing or SweepPhase.Rejected or SweepPhase.Unknown ? null : Plan(),
        Ended = [.. ended],
        EndedInAll = ended.Length,
        CursorEnd = ended.Length,
        Cursor = ended.Length,
        Slots = 2,
        Seconds = 95,
    };

    public static SweepProgress Completed(params TrialReport[] ended) =>
        Progress(SweepPhase.Completed, ended) with { Ensemble = "zolaki-47", Result = Result() };

    public static Ensemble Ensemble(string name = "zolaki-47") => new()
    {
        Name = name,
        Version = 1,
        FormedAt = DateTimeOffset.UnixEpoch,
        Members =
        [
            new() { Trial = "3fa94c2155667788", Spec = Spec(2), WeightsBlob = "blob", Threshold = 1.2, Weight = 0.75, ValidationEer = 0.0231 },
            new() { Trial = "b5d1aa0011223344", Spec = Spec(5), WeightsBlob = "blob", Threshold = 2.5, Weight = 0.25, ValidationEer = 0.03, UnseenShardsEer = 0.041 },
        ],
        Threshold = 1.02,
        PlattA = 5,
        PlattB = -5,
        Data = DataSource.MnistMini,
        Validation = Metrics,
        CalibrationCheck = new(1000, 40_000, 0.08, 0.07, 0.006, new(0.004, 0.011)),
    };

    public static SweepResult Result() => new(
        new(Ensemble(), Metrics with { Eer = 0.0123 }), TestPairs: 200_000, Metrics with { Pairs = 200_000, Eer = 0.0123 },
        "3fa94c2155667788", Metrics with { Eer = 0.02 }, new(10_000, new(0.0101, 0.0144), new(0.0169, 0.0233), new(-0.0101, -0.0054), 0.0061, new(0.0044, 0.0093)),
        new([0.021, 0.034], [0.412]), [new(7, 3, Relation.Same, 2.4, 0.004)]);

    public static Evaluation Evaluation(EvaluationRequest request) => new()
    {
        Ensemble = request.Ensemble,
        Version = request.Version ?? 3,
        Members = 2,
        BestMember = "3fa94c2155667788",
        Request = request with { Protocol = request.Protocol ?? EvaluationProtocol.Pairs },
        Images = new() { Data = "glyphs", Choice = ImageChoice.Test, SplitBy = SplitBy.Group, IsTrainedOn = true, Count = 3480, Classes = 174, Groups = 5, UsedBefore = 0, Remarks = ["Files left out: 1."] },
        Pairs = request.Protocol is EvaluationProtocol.OneShot ? null : new()
        {
            Same = 10_000,
            Different = 9_000,
            Images = 3471,
            Ensemble = Figures(0.93),
            CalibrationError = new(0.012, 0, 0.021),
            BestMember = Figures(0.91),
            Difference = new(-0.004, -0.009, 0.001),
            Curve = [new(0.5f, 0, 1), new(1, 0.25, 0.125), new(2, 1, 0)],
            Bands = [new(0.25, new(0.1, 0.2)), new(1, new(0, 0.01))],
            Reliability = [new(0.1, new(0.08, 0.02, 0.2), 40), new(0.9, new(0.95, 0.8, 1), 40)],
        },
        OneShot = request.Protocol is EvaluationProtocol.OneShot
            ? new() { Ensemble = new(0.8, 0.75, 0.85), BestMember = new(0.78, 0.73, 0.83), Drawers = DrawerRule.OneAndAnother, Groups = 4, GroupsLeftOut = 1, IsByGroups = false, Classes = 123 }
            : null,
        Seconds = 12.5,
    };

    private static PairFigures Figures(double accuracy) => new(
        new(accuracy, accuracy - 0.01, accuracy + 0.01), new(0.07, 0.06, 0.08), new(0.98, 0.975, 0.985), new(0.75, 0.7, 0.8), new(0.5, 0.4, 0.6));

    public static ImportanceReport Importance() => new()
    {
        Trials = 48,
        Points = 24,
        RSquared = 0.834,
        Remarks = ["Of the finished trials, 2 have no validation EER and do not count."],
        Hyperparameters =
        [
            new("learning-rate", new(0.621, 0.48, 0.762), new(0.0021, 0.0048, 0.0231, 16)),
            new("loss", new(0.127, 0.031, 0.223), new("triplet", "triplet", 0.0304, 18)),
            new("batch-size", new(0, 0, 0.024), new(1200, 1200, 0.035, 24)),
        ],
    };

    public static Verdict Verdict(string ensemble = "zolaki-47") => new()
    {
        Answer = Answer.Different,
        Relation = Relation.Different,
        Disagreement = 0.25,
        Distance = 1.5,
        Threshold = 1.02,
        Probability = 0.0125,
        Ensemble = ensemble,
        Version = 1,
        Members = [new("3fa94c2155667788", 1.8, 1.2, 0.75, Relation.Different), new("b5d1aa0011223344", 1.5, 2.5, 0.25, Relation.Same)],
        Milliseconds = 4.25,
    };

    public static BoardEntry Entry(string sweep, SweepPhase phase = SweepPhase.Completed, int formedAt = 0, bool hasEnsemble = true) => new()
    {
        Sweep = sweep,
        Phase = phase,
        SubmittedAt = DateTimeOffset.UnixEpoch,
        HasEnsemble = hasEnsemble,
        FormedAt = hasEnsemble ? DateTimeOffset.UnixEpoch.AddSeconds(formedAt) : null,
    };
}
