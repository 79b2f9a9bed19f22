using Siamese.Contracts;
using Siamese.Contracts.Maps;
using Siamese.Grains.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Grains.Maps;

/// <summary>A test image, or a shifted copy of it.</summary>
/// <param name="Index">Its index among the test images.</param>
/// <param name="Shift">Columns by which it is shifted to the right.</param>
internal readonly record struct MapImage(int Index, int Shift)
{
    /// <summary>The bytes of it.</summary>
    public ReadOnlyMemory<byte> Of(ImageSet images) =>
        Shift == 0 ? images.Memory(Index) : ShiftedImage.Of(images[Index], (ImageShape)images.Shape, Shift);
}

/// <summary>Chooses the images of a map.</summary>
internal static class MapImages
{
    /// <exception cref="BadInputException">There are too few images, a class does not exist, or pen strokes should be shifted.</exception>
    public static MapImage[] Choose(DataSet data, EmbeddingMapRequest request)
    {
        var images = data.Test.Images;
        if (images.Labels.Any(label => label < 0))
            throw new BadInputException($"The test images of {data.Name} have no classes; a map needs them.");
        if (request.HasShifts && images.Shape is not ImageShape)
            throw new BadInputException("'shifts' applies to images, not to pen strokes or vectors.");
        int[] classes = [.. request.Classes.Select(name => Find(data, name))];
        int[] among = [.. Enumerable.Range(0, images.Count).Where(image => classes.Length == 0 || classes.Contains(images.Labels[image]))];
        if (among.Length < 3)
            throw new BadInputException($"{data.Name} has {among.Length} test images of these classes; a map needs 3.");
        var chosen = EvenDraw.Of([.. among.Select(image => images.Labels[image])], request.Images, atOnce: 1, new Random(request.Seed)).Select(place => among[place]);
        int[] shifts = request.HasShifts ? [0, .. EmbeddingMapRequest.Shifts] : [0];
        return [.. chosen.SelectMany(image => shifts.Select(shift => new MapImage(image, shift)))];
    }

    private static int Find(DataSet data, string name)
    {
        const int Named = 20;
        var place = Array.IndexOf([.. data.Classes], name);
        return place >= 0
            ? place
            : throw new BadInputException($"{data.Name} has no class '{PlainText.Of(name)}'; it has {string.Join(", ", data.Classes.Take(Named).Select(one => PlainText.Of(one)))}{(data.Classes.Count > Named ? ", …" : "")}.");
    }
}
