using Siamese.Contracts.Pairs;

namespace Siamese.Model.Data;

/// <summary>A row of a CSV of pairs.</summary>
/// <param name="Line">The line on which it starts, from 1.</param>
/// <param name="First">Full path of the first image.</param>
/// <param name="Second">Full path of the second image.</param>
/// <param name="Relation">Relation of the two images, from the label.</param>
internal sealed record PairRow(long Line, string First, string Second, Relation Relation);
