namespace Siamese.Contracts.Evaluations;

/// <summary>What an ensemble is put to.</summary>
[GenerateSerializer, Alias("siamese.EvaluationProtocol")]
public enum EvaluationProtocol
{
    /// <summary>Verification: pairs of the images, drawn by a seed.</summary>
    Pairs,

    /// <summary>
    /// N-way one-shot recognition: which of N images, one of each class, shows what another one shows? Koch, Zemel,
    /// Salakhutdinov, "Siamese neural networks for one-shot image recognition", 2015; Lake, Salakhutdinov, Tenenbaum, Science 2015.
    /// </summary>
    OneShot,

    /// <summary>Verification: the pairs that a CSV lists.</summary>
    Csv,
}
