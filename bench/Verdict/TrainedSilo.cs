using System.Globalization;
using Siamese.Bench.Silos;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Storage;

namespace Siamese.Bench.Verdict;

/// <summary>A silo with nothing left to train, and ensembles of our default recipe, one for each requested size.</summary>
internal sealed class TrainedSilo : IAsyncDisposable
{
    private readonly BenchSilo _silo;

    private TrainedSilo(BenchSilo silo) => _silo = silo;

    /// <summary>Gives verdicts by the ensemble with this number of members.</summary>
    public IVerdictGrain Verdicts(int members) => _silo.Grains.GetGrain<IVerdictGrain>(Name(members));

    /// <summary>Enrolls and identifies with the ensemble with this number of members.</summary>
    public IIdentifyGrain Identifying(int members) => _silo.Grains.GetGrain<IIdentifyGrain>(Name(members));

    /// <summary>Resident memory of the silo's process, in MB of 10⁶ bytes.</summary>
    public double ResidentMb => _silo.ResidentMb;

    /// <summary>The ensemble with this number of members.</summary>
    public async Task<Ensemble> Ensemble(int members) =>
        (await _silo.Grains.GetGrain<IEnsembleGrain>(Name(members)).GetNewest(CancellationToken.None))!.Ensemble;

    /// <summary>A member's weights as stored.</summary>
    public Task<byte[]> Weights(Member member) => new FolderBlobStore(_silo.BlobFolder).Get(member.WeightsBlob, CancellationToken.None);

    public static Task<TrainedSilo> Start(params int[] sizes) => Start(SearchSpace.Of(("epochs", [1]), ("steps", [10])), sizes);

    /// <param name="space">A single point, used to train every member.</param>
    /// <param name="sizes">The number of members of each ensemble.</param>
    public static async Task<TrainedSilo> Start(SearchSpace space, params int[] sizes)
    {
        var silo = await BenchSilo.StartWhole(Environment.ProcessorCount);
        foreach (var members in sizes)
        {
            var sweep = silo.Grains.GetGrain<ISweepGrain>(Name(members));
            // One epoch is enough: how well they tell digits apart does not change the time of a verdict.
            var request = new SweepRequest { Space = space, Seeds = [.. Enumerable.Range(1, members)] };
            await sweep.Submit(request, CancellationToken.None);
            await Completed(sweep);
        }

        return new TrainedSilo(silo);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    private static async Task Completed(ISweepGrain sweep)
    {
        while ((await sweep.GetProgress(0, CancellationToken.None)).Phase is var phase && phase != SweepPhase.Completed)
        {
            if (phase is SweepPhase.Rejected or SweepPhase.Cancelled)
                throw new InvalidOperationException("The members were not trained.");
            await Task.Delay(100);
        }
    }

    private static string Name(int members) => string.Create(CultureInfo.InvariantCulture, $"of-{members}");
}
