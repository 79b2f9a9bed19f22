using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Training;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Ensembles;

/// <inheritdoc cref="IEnsembleGrain"/>
internal sealed partial class EnsembleGrain(
    [PersistentState("ensemble")] IPersistentState<EnsembleState> state,
    EnsembleFormer former,
    IBlobStore blobs,
    TimeProvider time,
    ILogger<EnsembleGrain> logger) : Grain, IEnsembleGrain
{
    private readonly ILogger _logger = logger;
    private bool _isForming;
    private string? _problem;

    /// <summary>The newest version that is stored. Calls that come in while a version is written see the one before.</summary>
    private SweepResult? _newest;

    private string Name => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _newest = state.State.Newest;
        return base.OnActivateAsync(cancellationToken);
    }

    public Task Form(DataSource data, string dataFingerprint, ImmutableArray<TrialReport> candidates, int maximumMembers, CancellationToken cancellation)
    {
        if (!_isForming)
        {
            (_isForming, _problem) = (true, null);
            FormVersion(data, dataFingerprint, candidates, maximumMembers).Ignore();
        }

        return Task.CompletedTask;
    }

    public Task<FormingState> GetForming(CancellationToken cancellation) => Task.FromResult(
        new FormingState(_isForming, _isForming || _problem is not null ? null : _newest, _problem));

    public Task<EnsembleSummary?> GetNewest(CancellationToken cancellation) => Task.FromResult(_newest?.Ensemble);

    public Task<EnsembleSummary?> GetVersion(int version, CancellationToken cancellation) => Task.FromResult(
        // What is being stored is not yet there.
        version <= (_newest?.Ensemble.Ensemble.Version ?? 0) ? state.State.Versions.Find(summary => summary.Ensemble.Version == version) : null);

    public Task<ImmutableArray<EnsembleSummary>> GetVersions(CancellationToken cancellation) => Task.FromResult<ImmutableArray<EnsembleSummary>>(
        [.. state.State.Versions.Where(summary => summary.Ensemble.Version <= (_newest?.Ensemble.Ensemble.Version ?? 0))]);

    public async Task<long> Remove(CancellationToken cancellation)
    {
        long freed = 0;
        // First, so that a removal that is cut short finds them when it is made again.
        foreach (var blob in state.State.Versions.SelectMany(version => new[] { version.Ensemble.ValidationBlob, version.Ensemble.ReferencesBlob }).OfType<string>())
            freed += await blobs.Delete(blob, cancellation);
        await state.ClearStateAsync(cancellation);
        DeactivateOnIdle();
        return freed;
    }

    /// <summary>Not awaited by its caller. Other calls come in while the former works; they see the version before.</summary>
    private async Task FormVersion(DataSource data, string dataFingerprint, ImmutableArray<TrialReport> candidates, int maximumMembers)
    {
        // Holds the grain while it works; the sweep asks for the outcome several times a second anyway.
        DelayDeactivation(TimeSpan.FromHours(1));
        try
        {
            if (await FormOrSayWhyNot(data, dataFingerprint, candidates, maximumMembers) is { } formed)
                await Store(formed);
        }
        catch (Exception e)
        {
            // The activation is given up with what it holds: the sweep finds nothing formed, and asks again.
            LogNotStored(e, Name);
        }
        finally
        {
            _isForming = false;
        }
    }

    private async Task<SweepResult?> FormOrSayWhyNot(DataSource data, string dataFingerprint, ImmutableArray<TrialReport> candidates, int maximumMembers)
    {
        try
        {
            return await former.Form(Name, state.State.Versions.Count + 1, time.GetUtcNow(), data, dataFingerprint, candidates, maximumMembers);
        }
        catch (Exception e) when (Transient.Is(e))
        {
            // The sweep asks again, and perhaps another silo.
            LogNotFormed(e, Name);
            DeactivateOnIdle();
            return null;
        }
        catch (Exception e)
        {
            LogNotFormed(e, Name);
            _problem = $"the ensemble could not be formed: {e.Message}";
            return null;
        }
    }

    private async Task Store(SweepResult formed)
    {
        state.State.Versions.Add(formed.Ensemble);
        state.State.Newest = formed;
        await this.Save(state, CancellationToken.None);
        _newest = formed;
        LogFormed(Name, formed.Ensemble.Ensemble.Version, formed.Ensemble.Ensemble.Members.Length);
    }

    [LoggerMessage(LogLevel.Information, "Ensemble {Ensemble}: version {Version} of {Members} members")]
    private partial void LogFormed(string ensemble, int version, int members);

    [LoggerMessage(LogLevel.Error, "Ensemble {Ensemble} could not be formed")]
    private partial void LogNotFormed(Exception exception, string ensemble);

    [LoggerMessage(LogLevel.Error, "Ensemble {Ensemble} could not be stored; it is formed again")]
    private partial void LogNotStored(Exception exception, string ensemble);
}
