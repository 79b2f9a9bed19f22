using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Telemetry;
using Siamese.Model.Data.Splits;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>Reads a sweep's data, one step at a time, and plans the sweep or rejects it.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="phases">Enters the next phase.</param>
/// <param name="library">Reads data sets.</param>
internal sealed class SweepPreparation(SweepActivation sweep, SweepPhases phases, DataLibrary library)
{
    private Task<DataSet[]>? _reading;

    private IDataRegistryGrain Registry => sweep.Grains.GetGrain<IDataRegistryGrain>(0);

    /// <summary>Tells the registry that the sweep uses an uploaded data set, so that it is kept.</summary>
    public Task FollowData(DataSource data, CancellationToken cancellation) =>
        data.Manifest is { } manifest ? Registry.Follow(manifest, sweep.Id, cancellation) : Task.CompletedTask;

    /// <summary>Releases the uploaded data set.</summary>
    /// <returns>Bytes freed.</returns>
    public Task<long> ForgetData(DataSource data, CancellationToken cancellation) =>
        data.Manifest is { } manifest ? Registry.Forget(manifest, sweep.Id, cancellation) : Task.FromResult(0L);

    /// <summary>Starts to read the data, or checks on it. Nothing changes while it is being read.</summary>
    /// <exception cref="DataUnavailableException">This silo cannot get the data; another may.</exception>
    public async Task<SweepChange> Poll()
    {
        var request = sweep.State.Request!;
        _reading ??= Task.WhenAll(SpaceSearch.Expand(request).Points
            .Select(Encoders.InputOf)
            .Distinct()
            .Select(input => library.Open(request.Data, input, CancellationToken.None)));
        if (!_reading.IsCompleted)
            return SweepChange.None;
        using var activity = SiameseTelemetry.Source.StartActivity("sweep.prepare");
        activity?.SetTag("siamese.sweep", sweep.Id);
        var reading = _reading;
        _reading = null;
        try
        {
            var data = (await reading)[0];
            var facts = SweepPlanning.FactsOf(request, data);
            var plan = SweepPlanning.Plan(request, data, facts);
            sweep.Logger.LogPlanned(sweep.Id, plan.Trials, plan.DataName);
            return phases.Plan(plan, facts, CodeVersion.Current, sweep.Time.GetUtcNow());
        }
        catch (Exception e) when (e is DataUnavailableException ? !DataUnavailableException.AnotherSiloIsTried(sweep.State.Unavailable) : !Transient.Is(e))
        {
            // Reading again would fail the same way.
            if (e is not BadInputException)
                sweep.Logger.LogUnreadable(e, sweep.Id);
            var problem = e is BadInputException or DataUnavailableException ? e.Message : $"the data could not be read: {e.GetType().Name}: {e.Message}";
            return phases.Reject(problem, sweep.Time.GetUtcNow());
        }
    }
}
