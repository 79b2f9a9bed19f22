using Siamese.Contracts.Listing;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Requests;

namespace Siamese.Web.Sweeps.Trials;

/// <summary>What views of a sweep show of its trials.</summary>
internal static class TrialViews
{
    /// <summary>How long a view waits for trials that nobody has asked for in a while: it shows those that are known, and the others soon.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(80);

    public static Task<TrialOverview> Overview(string sweep, TrialQuestion question, GrainCalls calls) =>
        calls.Make((grains, cancellation) => grains.GetGrain<ITrialIndexGrain>(sweep).GetOverview(question, _patience, cancellation));

    public static Task<TrialPlots> Plots(string sweep, TrialQuestion question, GrainCalls calls) =>
        calls.Make((grains, cancellation) => grains.GetGrain<ITrialIndexGrain>(sweep).GetPlots(question, cancellation));

    public static Task<ImportanceReport> Importance(string sweep, GrainCalls calls) =>
        calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).GetImportance(cancellation));
}
