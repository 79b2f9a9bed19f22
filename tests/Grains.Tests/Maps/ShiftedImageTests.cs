using Siamese.Grains.Maps;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Tests.Maps;

public sealed class ShiftedImageTests
{
    private static readonly byte[] _pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    [Theory]
    [InlineData(0, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })]
    [InlineData(1, new byte[] { 1, 1, 2, 4, 4, 5, 7, 7, 8, 10, 10, 11 })]
    [InlineData(-2, new byte[] { 3, 3, 3, 6, 6, 6, 9, 9, 9, 12, 12, 12 })]
    public void Rows_move_and_their_ends_are_repeated(int columns, byte[] expected) =>
        Assert.Equal(expected, ShiftedImage.Of(_pixels, new ImageShape(2, 3, 2), columns));
}
