using Siamese.Contracts.Pairs;

namespace Siamese.Model.Data.Images;

/// <summary>Two images of a set, by index, and their relation.</summary>
public readonly record struct ImagePair(int First, int Second, Relation Relation);
