using Siamese.Contracts.Access;

namespace Siamese.Contracts.Evaluations;

/// <summary>
/// One evaluation of an ensemble. Key: an id that the client generates. Nothing is stored: the evaluation is lost with its
/// silo, and the client starts it again when it learns that it is unknown. Called by `client evaluate`.
/// </summary>
[Alias("siamese.IEvaluationGrain")]
public interface IEvaluationGrain : IGrainWithStringKey
{
    /// <summary>Starts the evaluation and returns at once; poll <see cref="GetState"/>. Idempotent.</summary>
    /// <exception cref="BadInputException">There is no such ensemble or version, a number is out of its range, or the data does not exist.</exception>
    [Alias("Start"), May(Role.Train, IsAudited = true)]
    Task Start(EvaluationRequest request, CancellationToken cancellation);

    /// <summary>Its state. An evaluation that is not polled for a minute is abandoned.</summary>
    [Alias("GetState"), May(Role.Train)]
    Task<EvaluationState> GetState(CancellationToken cancellation);
}
