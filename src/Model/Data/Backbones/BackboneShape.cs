using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Model.Data.Vectors;

namespace Siamese.Model.Data.Backbones;

/// <summary>The features that a frozen network computes of images: images are read, and an encoder takes vectors.</summary>
/// <param name="Name">Name of the backbone.</param>
public sealed record BackboneShape(BackboneName Name) : VectorShape(Name.Width)
{
    public override InputKinds Kind => InputKinds.Images;

    /// <summary>As in `512 features of resnet18:pool@3fa2b1c0`.</summary>
    public override string ToString() => FormattableString.Invariant($"{Width} features of {Name.Brief}");
}
