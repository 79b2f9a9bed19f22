using Siamese.Contracts.Tuning;

namespace Siamese.Model.Data.Images;

/// <summary>Makes a picture fit an encoder's input.</summary>
internal static class Fitting
{
    /// <returns>C·H·W bytes; those of the picture if it already has the shape.</returns>
    public static byte[] Apply(Picture picture, ImageShape input)
    {
        var part = input.Fit is Fit.Ink ? InkBox.Find(picture) : new Box(0, 0, picture.Width, picture.Height);
        if (input.Channels == 1)
            return Plane(picture, picture.Grey, part, input);
        var fitted = new byte[input.Bytes];
        for (var channel = 0; channel < input.Channels; channel++)
            Plane(picture, picture.Channel(channel, input.Channels), part, input).CopyTo(fitted.AsSpan(channel * input.Area));
        return fitted;
    }

    private static byte[] Plane(Picture picture, byte[] plane, Box part, ImageShape input)
    {
        var pixels = part == new Box(0, 0, picture.Width, picture.Height) ? plane : Cropped(plane, picture.Width, part);
        if (input.Fit is Fit.Stretch)
            return Resampling.Stretch(pixels, part.Width, part.Height, input.Width, input.Height);
        var scale = Math.Min((double)input.Width / part.Width, (double)input.Height / part.Height);
        var (width, height) = (Scaled(part.Width, scale, input.Width), Scaled(part.Height, scale, input.Height));
        var scaled = Resampling.Stretch(pixels, part.Width, part.Height, width, height);
        if ((width, height) == (input.Width, input.Height))
            return scaled;
        var padded = new byte[input.Area];
        Array.Fill(padded, Background.Of(plane, picture.Width, picture.Height));
        var (left, top) = ((input.Width - width) / 2, (input.Height - height) / 2);
        for (var row = 0; row < height; row++)
            scaled.AsSpan(row * width, width).CopyTo(padded.AsSpan(((top + row) * input.Width) + left));
        return padded;
    }

    private static int Scaled(int length, double scale, int most) => Math.Clamp((int)Math.Round(length * scale), 1, most);

    private static byte[] Cropped(byte[] plane, int width, Box part)
    {
        var cropped = new byte[part.Width * part.Height];
        for (var row = 0; row < part.Height; row++)
            plane.AsSpan(((part.Top + row) * width) + part.Left, part.Width).CopyTo(cropped.AsSpan(row * part.Width));
        return cropped;
    }
}

/// <summary>A part of a picture, in pixels.</summary>
internal readonly record struct Box(int Left, int Top, int Width, int Height);
