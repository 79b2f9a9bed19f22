using Siamese.Contracts.Evaluations;

namespace Siamese.Client.Tests;

/// <summary>Evaluations with prepared answers, one for each poll; the last one repeats.</summary>
internal sealed class FakeEvaluation : IEvaluationGrain
{
    private readonly HashSet<string> _known = [];
    private string _id = "";

    public List<EvaluationRequest> Started { get; } = [];

    /// <summary>The states that polls return after the first start.</summary>
    public Queue<EvaluationState> States { get; } = [];

    public Exception? Refusal { get; set; }

    /// <summary>The evaluation with this id.</summary>
    public FakeEvaluation Of(string id)
    {
        _id = id;
        return this;
    }

    public Task Start(EvaluationRequest request, CancellationToken cancellation)
    {
        Started.Add(request);
        _known.Add(_id);
        return Refusal is null ? Task.CompletedTask : Task.FromException(Refusal);
    }

    public Task<EvaluationState> GetState(CancellationToken cancellation) => Task.FromResult(
        !_known.Contains(_id) ? new EvaluationState(IsKnown: false)
        : States.TryDequeue(out var next) ? next
        : new EvaluationState(IsKnown: true, Result: Some.Evaluation(Started[^1])));
}
