using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// Turns a file of an image, of pen strokes or of a vector into an encoder's input. Data sets and verdicts both use it, so that they see the
/// same. What a file is depends on its content, not on its name.
/// </summary>
public static class ItemReader
{
    /// <summary>What a file is, to judge by its start: a vector or pen strokes if it looks like them, else an image.</summary>
    public static InputKinds KindOf(ReadOnlySpan<byte> file) =>
        VectorItem.Recognizes(file) ? InputKinds.Vectors : StrokeReader.Recognizes(file) ? InputKinds.Strokes : InputKinds.Images;

    /// <summary>The file as <paramref name="input"/>.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="input">The kind and shape to read it to.</param>
    /// <exception cref="BadInputException">The file cannot be read, nothing can be seen of it in that shape, or it is of another kind.</exception>
    public static byte[] Read(ReadOnlySpan<byte> file, string name, InputShape input) => Decode(file, name, input).Bytes;

    /// <summary>The file as <paramref name="input"/>, and what else is known about it.</summary>
    /// <inheritdoc cref="Read"/>
    internal static DecodedItem Decode(ReadOnlySpan<byte> file, string name, InputShape input)
    {
        if (input is VectorShape vectors)
        {
            // Numbers as text may look like pen strokes, but a vector is wanted.
            var values = KindOf(file) is not InputKinds.Vectors && IsImage(file, name)
                ? throw new BadInputException($"{name} is an image, and a vector is needed. Give {VectorItem.Formats}: the features of the image.")
                : VectorItem.Read(file, name, vectors.Width);
            return new(values, ContentHash.Short(values), IsComposited: false, Size: null);
        }

        var kind = KindOf(file);
        if (kind is InputKinds.Vectors)
            throw new BadInputException($"{name} is a vector, and {(input is StrokeShape ? "pen strokes are" : "an image is")} needed. Give a file of {(input is StrokeShape ? "pen strokes" : "an image")}, or take it out.");
        var areStrokes = kind is InputKinds.Strokes;
        if (input is StrokeShape strokes)
        {
            if (!areStrokes && !file.IsEmpty && IsImage(file, name))
                throw new BadInputException($"{name} is an image, and pen strokes are needed. Give the file of its pen strokes, or take it out.");
            var path = StrokeReader.Read(file, name);
            return new(MemoryMarshal.AsBytes<float>(PenResampling.Apply(path, strokes.Points, strokes.Resample is Resample.Time)).ToArray(), path.Content(), IsComposited: false, Size: null);
        }

        var shape = (ImageShape)input;
        if (areStrokes)
            throw new BadInputException($"{name} contains pen strokes, and an image is needed. Give an image of it, or take it out.");
        var image = ImageReader.Decode(file, name, shape.Channels > 1);
        return new(ImageReader.Fit(image, name, shape), image.Content(), image.IsComposited, new(image.Height, image.Width));
    }

    private static bool IsImage(ReadOnlySpan<byte> file, string name)
    {
        try
        {
            ImageReader.Decode(file, name, inColour: false);
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }
}

/// <summary>A file that was read.</summary>
/// <param name="Bytes">It in the wanted shape.</param>
/// <param name="Content">A hash of what it shows, whatever its format: equal ones are copies.</param>
/// <param name="IsComposited">Whether it was transparent.</param>
/// <param name="Size">Its own size in pixels; null if it is not an image.</param>
internal sealed record DecodedItem(byte[] Bytes, UInt128 Content, bool IsComposited, ImageSize? Size);
