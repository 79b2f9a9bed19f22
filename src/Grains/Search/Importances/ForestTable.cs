namespace Siamese.Grains.Search.Importances;

/// <summary>What forests are grown from: a row for each point.</summary>
/// <param name="Columns">A hyperparameter each.</param>
/// <param name="Targets">What each row came to.</param>
internal sealed record ForestTable(ForestColumn[] Columns, double[] Targets);
