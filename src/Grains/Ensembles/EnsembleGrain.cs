using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Data;
using Siamese.Grains.Forming;
using Siamese.Grains.Recalibrating;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Ensembles;

/// <inheritdoc cref="IEnsembleGrain"/>
internal sealed partial class EnsembleGrain(
    [PersistentState("ensemble")] IPersistentState<EnsembleState> state,
    [PersistentState("feedback")] IPersistentState<FeedbackState> feedback,
    EnsembleFormer former,
    IBlobStore blobs,
    ValidationBlobs validations,
    VerdictMarks marks,
    TimeProvider time,
    ILogger<EnsembleGrain> logger) : Grain, IEnsembleVersions
{
    private readonly ILogger _logger = logger;
    private bool _isForming;
    private string? _problem;

    /// <summary>Number of stored versions. Calls that come in while a version is being written do not see it yet.</summary>
    private int _stored;

    private SweepResult? _result;

    private string Name => this.GetPrimaryKeyString();

    private IEnumerable<EnsembleSummary> Stored => state.State.Versions.Take(_stored);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_stored, _result) = (state.State.Versions.Count, state.State.Newest);
        return base.OnActivateAsync(cancellationToken);
    }

    public Task Form(FormingOrder order, CancellationToken cancellation)
    {
        if (!_isForming)
        {
            (_isForming, _problem) = (true, null);
            FormVersion(order).Ignore();
        }

        return Task.CompletedTask;
    }

    public Task<FormingState> GetForming(CancellationToken cancellation) => Task.FromResult(
        new FormingState(_isForming, _isForming || _problem is not null ? null : _result, _problem));

    public Task<EnsembleSummary?> GetNewest(CancellationToken cancellation) => Task.FromResult(Stored.LastOrDefault());

    public Task<EnsembleSummary?> GetVersion(int version, CancellationToken cancellation) =>
        Task.FromResult(Stored.FirstOrDefault(summary => summary.Ensemble.Version == version));

    public Task<ImmutableArray<EnsembleSummary>> GetVersions(CancellationToken cancellation) => Task.FromResult<ImmutableArray<EnsembleSummary>>([.. Stored]);

    public async Task Adopt(EnsembleSummary version, CancellationToken cancellation)
    {
        if (Stored.FirstOrDefault() is not { } first)
            await Store(new FormedVersion(version, Result: null));
        else if (VersionHash.Of(first.Ensemble) != VersionHash.Of(version.Ensemble))
            throw BadInputException.Conflict($"There is already a different ensemble named '{Name}'; choose another name.");
    }

    public async Task<long> Remove(CancellationToken cancellation)
    {
        long freed = 0;
        // Blobs first, so that an interrupted removal finds them when it is retried.
        foreach (var version in state.State.Versions)
            freed += await DeleteBlobs(version.Ensemble, cancellation);
        await feedback.ClearStateAsync(cancellation);
        await state.ClearStateAsync(cancellation);
        DeactivateOnIdle();
        return freed;
    }

    /// <summary>Not awaited by its caller. Calls that come in meanwhile see the previous version.</summary>
    private async Task FormVersion(FormingOrder order)
    {
        // Keeps the activation while it works; the sweep polls the outcome several times a second anyway.
        DelayDeactivation(TimeSpan.FromHours(1));
        try
        {
            if (await FormOrSayWhyNot(order) is { } formed)
            {
                var before = Stored.LastOrDefault()?.Ensemble;
                await Store(formed);
                await HeedAgain(before);
            }
        }
        catch (Exception e)
        {
            // The activation is dropped with its state: the sweep finds nothing formed, and asks again.
            LogNotStored(e, Name);
        }
        finally
        {
            _isForming = false;
        }
    }

    private async Task<FormedVersion?> FormOrSayWhyNot(FormingOrder order)
    {
        try
        {
            var formed = await former.Form(Name, state.State.Versions.Count + 1, time.GetUtcNow(), order);
            if (order.IsFinal || !IsNewestAgain(formed.Summary.Ensemble))
                return formed;
            await DeleteBlobs(formed.Summary.Ensemble, CancellationToken.None);
            return null;
        }
        catch (Exception e) when (e is DataUnavailableException ? DataUnavailableException.AnotherSiloIsTried(state.State.Unavailable) : Transient.Is(e) && e is not OutOfMemoryException)
        {
            LogNotFormed(e, Name);
            if (e is DataUnavailableException && order.IsFinal)
            {
                state.State.Unavailable++;
                await this.Save(state, CancellationToken.None);
            }

            // The sweep asks again, and may reach another silo.
            DeactivateOnIdle();
            return null;
        }
        catch (Exception e)
        {
            LogNotFormed(e, Name);
            // The cause may have been fixed before the next request.
            state.State.Unavailable = 0;
            _problem = $"the ensemble could not be formed: {e.Message}";
            return null;
        }
    }

    /// <summary>Whether it repeats the newest formed version, as no newer trial became a member. Recalibrated versions do not count.</summary>
    private bool IsNewestAgain(Ensemble ensemble) =>
        Stored.LastOrDefault(summary => summary.Ensemble.Recalibration is null)?.Ensemble is { } newest && newest.Threshold.Equals(ensemble.Threshold) && newest.MeasuresLike(ensemble);

    private async Task Store(FormedVersion formed)
    {
        var ensemble = formed.Summary.Ensemble;
        state.State.Versions.Add(formed.Summary);
        state.State.Unavailable = 0;
        state.State.Newest = formed.Result ?? state.State.Newest;
        await this.Save(state, CancellationToken.None);
        (_stored, _result) = (state.State.Versions.Count, state.State.Newest);
        LogFormed(Name, ensemble.Version, ensemble.Members.Length);
    }

    private async Task<long> DeleteBlobs(Ensemble ensemble, CancellationToken cancellation)
    {
        long freed = 0;
        foreach (var blob in new[] { ensemble.ValidationBlob, ensemble.ReferencesBlob }.OfType<string>())
            freed += await blobs.Delete(blob, cancellation);
        return freed;
    }

    [LoggerMessage(LogLevel.Information, "Ensemble {Ensemble}: stored version {Version} with {Members} members")]
    private partial void LogFormed(string ensemble, int version, int members);

    [LoggerMessage(LogLevel.Error, "Ensemble {Ensemble} could not be formed")]
    private partial void LogNotFormed(Exception exception, string ensemble);

    [LoggerMessage(LogLevel.Error, "Ensemble {Ensemble} could not be stored; it will be formed again")]
    private partial void LogNotStored(Exception exception, string ensemble);
}
