namespace Siamese.Contracts.Evaluations;

/// <summary>Why an evaluation failed.</summary>
[GenerateSerializer, Alias("siamese.EvaluationFault")]
public enum EvaluationFault
{
    /// <summary>What the user gave cannot be worked with.</summary>
    BadInput,

    /// <summary>A member of the ensemble cannot be loaded.</summary>
    NoQuorum,

    /// <summary>The silo could not do it; its log says more.</summary>
    Silo,
}
