namespace Siamese.Grains.Ensembles;

/// <summary>The images of a call, decoded for an encoder.</summary>
/// <param name="Pixels">H·W bytes for each readable image.</param>
/// <param name="Rows">For each image of the call, its index among the pixels; -1 if it could not be read.</param>
/// <param name="Problems">For each image of the call, why it could not be read, or null.</param>
internal sealed record DecodedImages(ReadOnlyMemory<byte>[] Pixels, int[] Rows, string?[] Problems)
{
    /// <param name="pixels">For each image of the call, its pixels; null if it could not be read.</param>
    /// <param name="problems">For each image of the call, why it could not be read, or null.</param>
    public static DecodedImages Of(byte[]?[] pixels, string?[] problems)
    {
        var read = 0;
        var rows = Array.ConvertAll(pixels, image => image is null ? -1 : read++);
        return new DecodedImages([.. pixels.OfType<byte[]>().Select(image => (ReadOnlyMemory<byte>)image)], rows, problems);
    }
}
