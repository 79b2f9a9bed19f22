using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Inputs;

namespace Siamese.Grains.Tests.Data;

/// <summary>For data that no backbone sees.</summary>
internal sealed class NoFeatures : IFeatures
{
    public void Compute(BackboneShape shape, int count, ReadItem read, byte[] features, CancellationToken cancellation) =>
        throw new NotSupportedException("No backbone is expected here.");
}
