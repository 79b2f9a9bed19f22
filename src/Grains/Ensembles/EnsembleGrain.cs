using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Training;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Ensembles;

/// <inheritdoc cref="IEnsembleGrain"/>
internal sealed partial class EnsembleGrain(
    [PersistentState("ensemble")] IPersistentState<EnsembleState> state,
    EnsembleFormer former,
    TimeProvider time,
    ILogger<EnsembleGrain> logger) : Grain, IEnsembleGrain
{
    private readonly ILogger _logger = logger;
    private Task? _forming;
    private string? _problem;

    private string Name => this.GetPrimaryKeyString();

    public Task Form(DataSource data, string dataFingerprint, ImmutableArray<TrialReport> candidates, CancellationToken cancellation)
    {
        if (_forming is null)
        {
            _problem = null;
            _forming = FormVersion(data, dataFingerprint, candidates);
        }

        return Task.CompletedTask;
    }

    public Task<FormingState> GetForming(CancellationToken cancellation) => Task.FromResult(
        new FormingState(_forming is not null, _forming is null ? state.State.Newest : null, _problem));

    public Task<EnsembleSummary?> GetNewest(CancellationToken cancellation) => Task.FromResult(state.State.Versions.LastOrDefault());

    public async Task Remove(CancellationToken cancellation)
    {
        await state.ClearStateAsync(cancellation);
        DeactivateOnIdle();
    }

    /// <summary>Not awaited by its caller. Other calls come in while the former works; they see the version before.</summary>
    private async Task FormVersion(DataSource data, string dataFingerprint, ImmutableArray<TrialReport> candidates)
    {
        // Holds the grain while it works; the sweep asks for the outcome several times a second anyway.
        DelayDeactivation(TimeSpan.FromHours(1));
        try
        {
            var formed = await former.Form(Name, state.State.Versions.Count + 1, time.GetUtcNow(), data, dataFingerprint, candidates);
            state.State.Versions.Add(formed.Ensemble);
            state.State.Newest = formed;
            await this.Save(state, CancellationToken.None);
            LogFormed(Name, formed.Ensemble.Ensemble.Version, formed.Ensemble.Ensemble.Members.Length);
        }
        catch (Exception e)
        {
            LogNotFormed(e, Name);
            _problem = $"the ensemble could not be formed: {e.Message}";
        }
        finally
        {
            _forming = null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Ensemble {Ensemble}: version {Version} of {Members} members")]
    private partial void LogFormed(string ensemble, int version, int members);

    [LoggerMessage(LogLevel.Error, "Ensemble {Ensemble} could not be formed")]
    private partial void LogNotFormed(Exception exception, string ensemble);
}
