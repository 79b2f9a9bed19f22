using Siamese.Model.Augmentations;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Tests.Augmentations;

public sealed class RotatedClassesTests
{
    [Fact]
    public void Each_class_becomes_four_classes_by_rotating_its_images_counterclockwise()
    {
        var images = new ImageSet(new ImageShape(2, 2), [1, 2, 3, 4, 5, 6, 7, 8], [0, 3]);
        var turned = RotatedClasses.Of(new DataSplit(images)).Images;

        Assert.Equal([0, 1, 2, 3, 12, 13, 14, 15], turned.Labels);
        Assert.Equal<byte>([1, 2, 3, 4], turned[0].ToArray());
        Assert.Equal<byte>([2, 4, 1, 3], turned[1].ToArray());
        Assert.Equal<byte>([4, 3, 2, 1], turned[2].ToArray());
        Assert.Equal<byte>([3, 1, 4, 2], turned[3].ToArray());
        Assert.Equal<byte>([5, 6, 7, 8], turned[4].ToArray());
    }

    [Fact]
    public void Every_channel_is_rotated()
    {
        var turned = RotatedClasses.Of(new DataSplit(new ImageSet(new ImageShape(2, 2, Channels: 3), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [0]))).Images;

        Assert.Equal<byte>([2, 4, 1, 3, 6, 8, 5, 7, 10, 12, 9, 11], turned[1].ToArray());
        Assert.Equal<byte>([4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9], turned[2].ToArray());
    }
}
