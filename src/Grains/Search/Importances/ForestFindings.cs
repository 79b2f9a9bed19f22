namespace Siamese.Grains.Search.Importances;

/// <summary>The findings of a forest, as shares of the variance of the targets; they can fall below 0 by chance.</summary>
/// <param name="RSquared">The share that it predicts of out-of-bag rows.</param>
/// <param name="Shares">The share that each column accounts for.</param>
internal sealed record ForestFindings(double RSquared, double[] Shares);
