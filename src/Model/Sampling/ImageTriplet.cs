namespace Siamese.Model.Sampling;

/// <summary>Three images of a set, by index: an anchor, one of its class and one of another.</summary>
public readonly record struct ImageTriplet(int Anchor, int Positive, int Negative);
