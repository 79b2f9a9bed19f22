namespace Siamese.Contracts.Exchange;

/// <summary>P(same) = 1 / (1 + exp(A·distance + B)).</summary>
public sealed record ExportedPlatt(double A, double B);
