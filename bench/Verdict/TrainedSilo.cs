using System.Globalization;
using System.Net;
using Siamese.Bench.Silos;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Storage;
using Siamese.Testing.Certificates;

namespace Siamese.Bench.Verdict;

/// <summary>A silo with nothing left to train, and ensembles of our default recipe, one for each requested size.</summary>
internal sealed class TrainedSilo : IAsyncDisposable
{
    private readonly BenchSilo _silo;

    private TrainedSilo(BenchSilo silo) => _silo = silo;

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Gateway => _silo.Gateway;

    /// <summary>Its HTTP API.</summary>
    public Uri Http => _silo.Http;

    /// <summary>Gives verdicts by the ensemble with this number of members.</summary>
    public IVerdictGrain Verdicts(int members) => _silo.Grains.GetGrain<IVerdictGrain>(Name(members));

    /// <summary>Exports the ensemble with this number of members.</summary>
    public IExportGrain Exports(int members) => _silo.Grains.GetGrain<IExportGrain>($"{Name(members)}@1");

    /// <summary>Enrolls and identifies with the ensemble with this number of members.</summary>
    public IIdentifyGrain Identifying(int members) => _silo.Grains.GetGrain<IIdentifyGrain>(Name(members));

    /// <summary>Resident memory of the silo's process, in MB of 10⁶ bytes.</summary>
    public double ResidentMb => _silo.ResidentMb;

    /// <summary>The ensemble with this number of members.</summary>
    public async Task<Ensemble> Ensemble(int members) =>
        (await _silo.Grains.GetGrain<IEnsembleGrain>(Name(members)).GetNewest(CancellationToken.None))!.Ensemble;

    /// <summary>A member's weights as stored.</summary>
    public Task<byte[]> Weights(Member member) => new FolderBlobStore(_silo.BlobFolder).Get(member.WeightsBlob, CancellationToken.None);

    private static SearchSpace Short => SearchSpace.Of(("epochs", [1]), ("steps", [10]));

    public static Task<TrainedSilo> Start(params int[] sizes) => Start(Short, sizes);

    /// <summary>The same with TLS, for clients with certificates of an authority, and with one slot and limited memory.</summary>
    public static async Task<TrainedSilo> StartGuarded(TestAuthority authority, int members) =>
        await Train(await BenchSilo.StartGuarded(1, authority), Short, [members]);

    /// <param name="space">A single point, used to train every member.</param>
    /// <param name="sizes">The number of members of each ensemble.</param>
    public static async Task<TrainedSilo> Start(SearchSpace space, params int[] sizes)
    {
        return await Train(await BenchSilo.StartWhole(Environment.ProcessorCount), space, sizes);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    /// <summary>The name of the ensemble with this number of members.</summary>
    public static string Name(int members) => string.Create(CultureInfo.InvariantCulture, $"of-{members}");

    private static async Task<TrainedSilo> Train(BenchSilo silo, SearchSpace space, int[] sizes)
    {
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

    private static async Task Completed(ISweepGrain sweep)
    {
        while ((await sweep.GetProgress(0, CancellationToken.None)).Phase is var phase && phase != SweepPhase.Completed)
        {
            if (phase is SweepPhase.Rejected or SweepPhase.Cancelled)
                throw new InvalidOperationException("The members were not trained.");
            await Task.Delay(100);
        }
    }
}
