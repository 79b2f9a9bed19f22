using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Grains.Data;
using Siamese.Grains.Ensembles;

namespace Siamese.Grains.Evaluations;

/// <inheritdoc cref="IEvaluationGrain"/>
internal sealed partial class EvaluationGrain(Evaluator evaluator, TimeProvider time, ILogger<EvaluationGrain> logger) : Grain, IEvaluationGrain
{
    /// <summary>A client polls several times a second; one that has not polled for this long is gone.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;
    private EvaluationState _state = new(IsKnown: false);
    private long _lastAsked;

    private string Id => this.GetPrimaryKeyString();

    public async Task Start(EvaluationRequest request, CancellationToken cancellation)
    {
        _lastAsked = time.GetTimestamp();
        if (_state.IsKnown)
            return;
        request.Check();
        _state = new(IsKnown: true);
        try
        {
            var ensemble = await EnsembleVersions.Find(GrainFactory, request.Ensemble, request.Version, cancellation);
            if (request.Data?.Manifest is { } manifest)
                await Registry.Follow(manifest, FollowedAs, cancellation);
            Evaluate(ensemble, request).Ignore();
        }
        catch
        {
            _state = new(IsKnown: false);
            throw;
        }
    }

    public Task<EvaluationState> GetState(CancellationToken cancellation)
    {
        _lastAsked = time.GetTimestamp();
        return Task.FromResult(_state);
    }

    private IDataRegistryGrain Registry => GrainFactory.GetGrain<IDataRegistryGrain>(0);

    /// <summary>No sweep has such a name.</summary>
    private string FollowedAs => $"evaluation:{Id}";

    /// <summary>Not awaited by its caller; other calls come in meanwhile.</summary>
    private async Task Evaluate(Ensemble ensemble, EvaluationRequest request)
    {
        DelayDeactivation(TimeSpan.FromHours(6));
        using var end = new CancellationTokenSource();
        try
        {
            var evaluation = await evaluator.Evaluate(ensemble, request, Report, end.Token);
            _state = new(IsKnown: true, Result: evaluation);
            LogEvaluated(ensemble.Name, ensemble.Version, evaluation.Seconds);
        }
        catch (Exception e)
        {
            _state = new(IsKnown: true, Problem: e.Message, Fault: FaultOf(e));
            LogNotEvaluated(e, ensemble.Name, ensemble.Version);
        }
        finally
        {
            DelayDeactivation(_patience);
            if (request.Data?.Manifest is { } manifest)
                await Registry.Forget(manifest, FollowedAs, CancellationToken.None);
        }

        void Report(EvaluationProgress progress)
        {
            _state = _state with { Progress = progress };
            if (time.GetElapsedTime(_lastAsked) > _patience)
                end.Cancel();
        }
    }

    private static EvaluationFault FaultOf(Exception e) => e switch
    {
        BadInputException => EvaluationFault.BadInput,
        NoQuorumException => EvaluationFault.NoQuorum,
        _ => EvaluationFault.Silo,
    };

    [LoggerMessage(LogLevel.Information, "Ensemble {Ensemble}@{Version} was evaluated in {Seconds} s")]
    private partial void LogEvaluated(string ensemble, int version, double seconds);

    [LoggerMessage(LogLevel.Warning, "Ensemble {Ensemble}@{Version} could not be evaluated")]
    private partial void LogNotEvaluated(Exception exception, string ensemble, int version);
}
