namespace Siamese.Grains.Search.Importances;

/// <summary>What a forest found, all as shares of the variance of the targets; below 0 by chance.</summary>
/// <param name="RSquared">What it foretells of rows out of the bag.</param>
/// <param name="Shares">What each column accounts for.</param>
internal sealed record ForestFindings(double RSquared, double[] Shares);
