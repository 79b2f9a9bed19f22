namespace Siamese.Contracts.Pairs;

/// <summary>How well distances separate *same* from *different* pairs; each kind weighs half.</summary>
/// <param name="Pairs">Number of pairs measured.</param>
/// <param name="Eer">Equal error rate, 0 to 1: the share of same pairs called different when it equals the share of different pairs called same.</param>
/// <param name="EerThreshold">The distance at which the two rates are equal.</param>
/// <param name="Auc">Area under the ROC curve: the chance that a same pair is nearer than a different one (ties count half).</param>
/// <param name="Accuracy">Balanced accuracy, 0 to 1, at the threshold in use.</param>
/// <param name="TarAtFar01">True accept rate when at most 1 % of different pairs are accepted.</param>
/// <param name="TarAtFar001">True accept rate when at most 0.1 % of different pairs are accepted.</param>
[GenerateSerializer, Immutable, Alias("siamese.PairMetrics")]
public sealed record PairMetrics(
    int Pairs, double Eer, double EerThreshold, double Auc, double Accuracy, double TarAtFar01, double TarAtFar001);
