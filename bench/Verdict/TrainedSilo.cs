using System.Globalization;
using Siamese.Bench.Silos;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Storage;

namespace Siamese.Bench.Verdict;

/// <summary>A silo with nothing left to train, and ensembles of one member and of five of our default recipe.</summary>
internal sealed class TrainedSilo : IAsyncDisposable
{
    private readonly BenchSilo _silo;

    private TrainedSilo(BenchSilo silo) => _silo = silo;

    /// <summary>Answers for the ensemble of so many members.</summary>
    public IVerdictGrain Verdicts(int members) => _silo.Grains.GetGrain<IVerdictGrain>(Name(members));

    /// <summary>Enrolls with the ensemble of so many members, and identifies.</summary>
    public IIdentifyGrain Identifying(int members) => _silo.Grains.GetGrain<IIdentifyGrain>(Name(members));

    /// <summary>Resident memory of the silo's process, in MB of 10⁶ bytes.</summary>
    public double ResidentMb => _silo.ResidentMb;

    /// <summary>The ensemble of so many members.</summary>
    public async Task<Ensemble> Ensemble(int members) =>
        (await _silo.Grains.GetGrain<IEnsembleGrain>(Name(members)).GetNewest(CancellationToken.None))!.Ensemble;

    /// <summary>A member's weights as they are stored.</summary>
    public Task<byte[]> Weights(Member member) => new FolderBlobStore(_silo.BlobFolder).Get(member.WeightsBlob, CancellationToken.None);

    public static Task<TrainedSilo> Start(params int[] sizes) => Start(SearchSpace.Of(("epochs", [1])), sizes);

    /// <param name="space">One point, which each member is trained at.</param>
    /// <param name="sizes">How many members each ensemble has.</param>
    public static async Task<TrainedSilo> Start(SearchSpace space, params int[] sizes)
    {
        var silo = await BenchSilo.StartWhole(Environment.ProcessorCount);
        foreach (var members in sizes)
        {
            var sweep = silo.Grains.GetGrain<ISweepGrain>(Name(members));
            // One epoch: how well they tell digits apart takes no time in a verdict.
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
