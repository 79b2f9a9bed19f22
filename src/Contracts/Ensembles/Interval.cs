namespace Siamese.Model.Evaluation;

/// <summary>Where a figure lies, with a stated confidence.</summary>
public readonly record struct Interval(double Low, double High);
