using System.Text;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Galleries;

namespace Siamese.Grains.Tests.Galleries;

public sealed class StoredImagesTests
{
    [Fact]
    public void A_lot_without_strokes_is_stored_as_earlier_builds_did()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write("siamese.images");
        writer.Write("g/0");
        writer.Write(2);
        writer.Write("Ann");
        writer.Write("Bob");
        writer.Write(3);
        writer.Write(1);
        writer.Write([1, 2, 3, 4]);
        var earlier = stream.ToArray();

        var read = StoredImages.Read(earlier);

        Assert.Equal(["An image of Ann", "An image of Bob"], read.Select(image => image.Name));
        Assert.Equal([[1, 2, 3], [4]], read.Select(image => image.Bytes.ToArray()));
        Assert.All(read, image => Assert.Null(image.Strokes));
        Assert.Equal(earlier, StoredImages.Write("g/0", ["Ann", "Bob"], read));
    }

    [Fact]
    public void Strokes_come_back_with_their_images()
    {
        ImageFile[] images = [new("a.png", [1, 2]) { Strokes = new("a.csv", [3]) }, new("b.png", [4, 5, 6])];

        var read = StoredImages.Read(StoredImages.Write("g/0", ["Ann", "Bob"], images));

        Assert.Equal([[1, 2], [4, 5, 6]], read.Select(image => image.Bytes.ToArray()));
        Assert.Equal([3], read[0].Strokes!.Bytes.AsEnumerable());
        Assert.Null(read[1].Strokes);
    }

    [Fact]
    public void Other_blobs_are_refused()
    {
        byte[] whole = StoredImages.Write("g/0", ["Ann"], [new("a.png", [1, 2]) { Strokes = new("a.csv", [3]) }]);

        Assert.Throws<InvalidDataException>(() => StoredImages.Read([.. whole.AsSpan(0, 20)]));
        Assert.Throws<InvalidDataException>(() => StoredImages.Read([4, .. "none"u8]));
    }
}
