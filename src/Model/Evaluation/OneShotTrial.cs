namespace Siamese.Model.Evaluation;

/// <summary>A query image, and one image of each of several classes, one of which is the query's.</summary>
/// <param name="Query">The image to recognise.</param>
/// <param name="Support">The images to choose from; the first is of the query's class.</param>
public sealed record OneShotTrial(int Query, int[] Support);
