using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Page.Layout;
using Siamese.Page.Pairs;
using Siamese.Page.Sweeps;

namespace Siamese.Web.Tests.Components;

/// <summary>What components show, with values that do not matter to a test.</summary>
internal static class Some
{
    /// <summary>A name that is no harm only if it is escaped.</summary>
    public const string Nasty = "<b onclick=\"alert('x')\">a&b</b>";

    public static Visitor Visitor(Role role = Role.Administer) => new("../", "ann", role);

    public static TrialSpec Spec { get; } =
        new() { Hyperparameters = new Hyperparameters(), DataFingerprint = "data", Shard = 0, Shards = 1, Seed = 1, CodeVersion = "code" };

    public static TrialReport Trial(TrialStatus status = TrialStatus.Completed, string id = "0123456789abcdef0123456789abcdef") => new() { Trial = id, Spec = Spec, Status = status };

    public static SweepProgress Progress(SweepPhase phase = SweepPhase.Completed) => new() { Sweep = "a", Phase = phase };

    public static SweepPlan Plan(int trials = 4) =>
        new() { Trials = trials, CoreSeconds = 100, DataName = "digits", DataFingerprint = "data", Classes = 2, TrainingImages = 10, ValidationImages = 4, TestImages = 4 };

    public static SweepModel Sweep(SweepProgress? progress = null, IReadOnlyList<TrialReport>? trials = null, string? after = null, string? next = null, string? where = null, string sort = TrialFilter.UsualSort, IReadOnlyList<TrialColumn>? varying = null, Visitor? visitor = null)
    {
        ImmutableArray<TrialReport> shown = [.. trials ?? []];
        var overview = new TrialOverview
        {
            Page = new TrialPage(shown, shown.Length, next),
            Counts = shown.GroupBy(trial => trial.Status).ToImmutableDictionary(group => group.Key, group => group.Count()),
            Differences = new TrialDifferences([], Shards: false, Seeds: false),
            Best = [],
            Apart = [],
            Known = shown.Length,
            Trials = shown.Length,
        };
        return new(visitor ?? Visitor(), progress ?? Progress(), TrialFilter.Of(null, where, sort), overview, after, varying ?? [], null, [], []);
    }

    public static Verdict Verdict(Answer answer = Answer.Same) => new()
    {
        Relation = Relation.Same,
        Answer = answer,
        Distance = 0.5,
        Threshold = 1,
        Probability = 0.9,
        Ensemble = "digits",
        Version = 1,
        Members = [],
        Milliseconds = 1,
        Disagreement = 0,
    };

    public static PairAnswer Reply(Role role = Role.Administer) => new(Visitor(role), new PairAddress("digits"), new FormToken("token", "secret"));
}
