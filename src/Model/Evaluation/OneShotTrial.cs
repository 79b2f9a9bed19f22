namespace Siamese.Model.Evaluation;

/// <summary>An image, and one of each of several classes, one of which is its own.</summary>
/// <param name="Query">The image that is asked about.</param>
/// <param name="Support">The images to choose from; the first is of the query's class.</param>
public sealed record OneShotTrial(int Query, int[] Support);
