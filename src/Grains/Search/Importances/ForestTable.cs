namespace Siamese.Grains.Search.Importances;

/// <summary>The data that forests are grown from: a row for each point.</summary>
/// <param name="Columns">One column for each hyperparameter.</param>
/// <param name="Targets">The result of each row.</param>
internal sealed record ForestTable(ForestColumn[] Columns, double[] Targets);
