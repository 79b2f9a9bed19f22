using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Evaluations;

/// <summary>How well distances separate *same* from *different* pairs; each kind weighs half. With 95 % intervals by bootstrap over images.</summary>
/// <param name="Accuracy">Balanced accuracy at the threshold in use.</param>
/// <param name="Eer">Equal error rate.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="TarAtFar01">True accept rate when at most 1 % of different pairs are accepted.</param>
/// <param name="TarAtFar001">True accept rate when at most 0.1 % of different pairs are accepted.</param>
[GenerateSerializer, Immutable, Alias("siamese.PairFigures")]
public sealed record PairFigures(Estimate Accuracy, Estimate Eer, Estimate Auc, Estimate TarAtFar01, Estimate TarAtFar001);
