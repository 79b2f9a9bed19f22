using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Grains.Data;

/// <summary>How people look at images of data sets.</summary>
internal static class DataLook
{
    /// <summary>
    /// A data set with images of about their own size, and in colour; as trials read it if that is not possible. Reads it on the
    /// calling thread; the library keeps it for a while.
    /// </summary>
    /// <param name="library">Reads it.</param>
    /// <param name="source">The data.</param>
    /// <param name="fingerprint">As for <see cref="DataLibrary.Get"/>.</param>
    /// <param name="longestSide">As for <see cref="LookShape.Of"/>.</param>
    /// <param name="maximumBytes">As for <see cref="LookShape.Of"/>.</param>
    /// <inheritdoc cref="DataLibrary.Get"/>
    public static DataSet Open(DataLibrary library, DataSource source, string fingerprint, int longestSide, double maximumBytes)
    {
        var data = library.Get(source, ImageShape.Digits, fingerprint);
        if (source == DataSource.MnistMini || data.Test.Images.Shape is not ImageShape || data.TypicalSize is not { } size)
            return data;
        if (LookShape.Of(size, Counts(data).Sum(), longestSide, maximumBytes) is not { } shape)
            return data;
        try
        {
            var larger = library.Get(source, shape, fingerprint);
            return Counts(larger).SequenceEqual(Counts(data)) ? larger : data;
        }
        catch (BadInputException)
        {
            // An image that is blank in this shape alone.
            return data;
        }
    }

    /// <summary>An image as a PNG file. Pen strokes are drawn, and vectors are grids of their numbers.</summary>
    /// <param name="images">The images it belongs to.</param>
    /// <param name="image">The image.</param>
    /// <param name="drawn">Size at which pen strokes and vectors are drawn.</param>
    public static ImmutableArray<byte> Png(ImageSet images, ReadOnlySpan<byte> image, ImageShape drawn) =>
        ImmutableCollectionsMarshal.AsImmutableArray(ItemPicture.Png(image, images.Shape, drawn));

    private static long[] Counts(DataSet data) => [data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count];
}
