using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;

namespace Siamese.Grains.Evaluations;

/// <inheritdoc cref="IEvaluationGrain"/>
internal sealed partial class EvaluationGrain(Evaluator evaluator, TimeProvider time, ILogger<EvaluationGrain> logger) : Grain, IEvaluationGrain
{
    /// <summary>A client asks several times a second; one that has not for so long is gone.</summary>
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
            var ensemble = await Version(request, cancellation);
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

    private async Task<Ensemble> Version(EvaluationRequest request, CancellationToken cancellation)
    {
        var grain = GrainFactory.GetGrain<IEnsembleGrain>(request.Ensemble);
        if (request.Version is { } number && await grain.GetVersion(number, cancellation) is { } stated)
            return stated.Ensemble;
        var newest = await grain.GetNewest(cancellation)
            ?? throw new BadInputException($"There is no ensemble '{request.Ensemble}'; `client ensembles` lists those there are.");
        return request.Version is null
            ? newest.Ensemble
            : throw new BadInputException($"Ensemble '{request.Ensemble}' has no version {request.Version}; its newest is {newest.Ensemble.Version}.");
    }

    /// <summary>Not awaited by its caller; other calls come in while it works.</summary>
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
