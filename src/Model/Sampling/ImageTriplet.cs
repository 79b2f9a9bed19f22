namespace Siamese.Model.Sampling;

/// <summary>Three images of a set, by index: an anchor, an image of its class and an image of another class.</summary>
public readonly record struct ImageTriplet(int Anchor, int Positive, int Negative);
