using System.Collections.Immutable;
using Siamese.Client.Connections;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands.Samples;

/// <summary>The images of an ensemble's worst mistakes on test pairs.</summary>
internal static class WorstImages
{
    /// <summary>One for each of the worst pairs, in their order.</summary>
    public static Task<ImmutableArray<SamplePair>> Show(Calls calls, SweepResult result, SweepPlan plan, CancellationToken cancellation) => calls.Make(
        (cluster, token) => cluster.Samples.Show(
            result.Ensemble.Ensemble.Data, plan.DataFingerprint, [.. result.Worst.Select(pair => new PairOfImages(pair.First, pair.Second))], token),
        cancellation);
}
