namespace Siamese.Contracts.Evaluations;

/// <summary>
/// One evaluation of an ensemble. Key: an id that its client makes up. Nothing of it is stored: it is lost with its silo, and
/// its client, who learns that nobody knows of it, starts it again. Called by `client evaluate`.
/// </summary>
[Alias("siamese.IEvaluationGrain")]
public interface IEvaluationGrain : IGrainWithStringKey
{
    /// <summary>Begins, and returns at once; poll <see cref="GetState"/>. Called twice, it has begun.</summary>
    /// <exception cref="BadInputException">There is no such ensemble or version, a number is out of its range, or the data is not there.</exception>
    [Alias("Start")]
    Task Start(EvaluationRequest request, CancellationToken cancellation);

    /// <summary>How it stands. One that nobody asks after for a minute is given up.</summary>
    [Alias("GetState")]
    Task<EvaluationState> GetState(CancellationToken cancellation);
}
