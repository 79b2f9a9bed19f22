namespace Siamese.Contracts.Evaluations;

/// <summary>Why an evaluation failed.</summary>
[GenerateSerializer, Alias("siamese.EvaluationFault")]
public enum EvaluationFault
{
    /// <summary>The user's input is invalid.</summary>
    BadInput,

    /// <summary>A member of the ensemble cannot be loaded.</summary>
    NoQuorum,

    /// <summary>The silo failed; its log says more.</summary>
    Silo,
}
