using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Sweeps;

/// <summary>The value of a hyperparameter, or the third of its values, with the lowest mean EER.</summary>
/// <param name="Low">The value, or the lowest of the third.</param>
/// <param name="High">The same value, or the highest of the third.</param>
/// <param name="Eer">Mean validation EER of the trials that have it, 0 to 1.</param>
/// <param name="Trials">Number of those trials.</param>
[GenerateSerializer, Immutable, Alias("siamese.BestValues")]
public sealed record BestValues(HyperparameterValue Low, HyperparameterValue High, double Eer, int Trials);
