namespace Siamese.Contracts.Evaluations;

/// <summary>The task that an ensemble is evaluated on.</summary>
[GenerateSerializer, Alias("siamese.EvaluationProtocol")]
public enum EvaluationProtocol
{
    /// <summary>Verification: pairs of the images, drawn with a seed.</summary>
    Pairs,

    /// <summary>
    /// N-way one-shot recognition: which of N images, one per class, is of the same class as the query? Koch, Zemel,
    /// Salakhutdinov, "Siamese neural networks for one-shot image recognition", 2015; Lake, Salakhutdinov, Tenenbaum, Science 2015.
    /// </summary>
    OneShot,

    /// <summary>Verification: the pairs that a CSV lists.</summary>
    Csv,
}
