using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;

namespace Siamese.Backbones;

/// <summary>How images become the input of a network.</summary>
/// <param name="Name">Name of the graph's input.</param>
/// <param name="Images">The images.</param>
/// <param name="IsChannelsLast">Whether the network takes (N, H, W, C) instead of (N, C, H, W).</param>
/// <param name="HasAnyBatch">Whether the number of images is not fixed.</param>
/// <param name="Mean">Mean of red, green and blue, or of grey, with white at 1.</param>
/// <param name="Deviation">Standard deviation of these, with white at 1.</param>
/// <param name="IsReversed">Whether it takes blue, green and red, in this order.</param>
/// <param name="IsAssumed">Whether nothing states mean and deviation, so that they are those of ImageNet.</param>
internal sealed record OnnxInput(string Name, ImageShape Images, bool IsChannelsLast, bool HasAnyBatch, float[] Mean, float[] Deviation, bool IsReversed, bool IsAssumed)
{
    /// <summary>The format's number for single-precision floats.</summary>
    private const int Float = 1;

    /// <summary>A step of a byte, with white at 1.</summary>
    private const double Byte = 1 / 255.0;

    /// <summary>Mean and standard deviation of ImageNet's pixels, which most published networks of photographs were trained with.</summary>
    private static readonly double[] _mean = [0.485, 0.456, 0.406], _deviation = [0.229, 0.224, 0.225];

    /// <exception cref="BadInputException">The network does not take images, or not as the settings say.</exception>
    public static OnnxInput Of(OnnxFile file, BackboneSettings settings)
    {
        if (file.Inputs is not [var input])
            throw Bad(settings, $"takes {file.Inputs.Count} inputs ({string.Join(", ", file.Inputs.Select(one => one.Name))}), and one image is all there is");
        if (input.ElementType != Float)
            throw Bad(settings, $"takes numbers of type {input.ElementType}, and single-precision floats (type 1) are supported");
        if (input.Sizes.Length != 4 || !(IsColour(input.Sizes[1]) || IsColour(input.Sizes[3])))
            throw Bad(settings, $"takes an input of shape ({string.Join(", ", input.Sizes.Select(size => size > 0 ? $"{size}" : "?"))}), and images are (N, 3, H, W), or (N, H, W, 3), or grey with 1");
        var isLast = !IsColour(input.Sizes[1]);
        var (channels, rows, columns) = isLast ? (input.Sizes[3], input.Sizes[1], input.Sizes[2]) : (input.Sizes[1], input.Sizes[2], input.Sizes[3]);
        var size = SizeOf(file, settings, rows, columns);
        var (mean, deviation, isAssumed) = Scale(file, settings);
        return new(
            input.Name, new ImageShape(size.Rows, size.Columns, (int)channels, settings.Fit), isLast, input.Sizes[0] != 1,
            OfChannels(mean), OfChannels(deviation), channels == 3 && IsBgr(file, settings), isAssumed);

        float[] OfChannels(double[] colours) => channels == 1 ? [(float)colours.Average()] : Array.ConvertAll(colours, value => (float)value);
    }

    /// <summary>As in `3×224×224, mean 0.485,0.456,0.406, std 0.229,0.224,0.225`.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Images.Channels}×{Images.Height}×{Images.Width}, mean {string.Join(',', Mean)}, std {string.Join(',', Deviation)}{(IsReversed ? ", bgr" : "")}{(IsAssumed ? " (ImageNet's, because nothing states others)" : "")}");

    /// <summary>The key is that of the format's metadata for images.</summary>
    private static bool IsBgr(OnnxFile file, BackboneSettings settings) => settings.Order is { } order
        ? order is ChannelOrder.Bgr
        : file.Metadata.GetValueOrDefault("Image.BitmapPixelFormat")?.StartsWith("Bgr", StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsColour(long channels) => channels is 1 or 3;

    private static ImageSize SizeOf(OnnxFile file, BackboneSettings settings, long rows, long columns)
    {
        if (Math.Max(rows, columns) > BackboneSettings.LongestSide)
            throw Bad(settings, $"takes images of {rows}x{columns} pixels, and a side may have {BackboneSettings.LongestSide} at most");
        if (rows > 0 && columns > 0)
        {
            return settings.Size is not { } other || (other.Rows, other.Columns) == (rows, columns)
                ? new((int)rows, (int)columns)
                : throw Bad(settings, $"takes images of {rows}x{columns} pixels, and 'backbone-size' is {other.Value}. Leave 'backbone-size' out");
        }

        if (settings.Size is { } stated)
            return stated;
        return file.Metadata.TryGetValue("input_size", out var text) && Numbers(text) is [.., var height, var width] && height is >= 8 and <= BackboneSettings.LongestSide && width is >= 8 and <= BackboneSettings.LongestSide
            ? new((int)height, (int)width)
            : throw Bad(settings, "takes images of any size, and does not say which one it was trained with. Give 'backbone-size'");
    }

    private static (double[] Mean, double[] Deviation, bool IsAssumed) Scale(OnnxFile file, BackboneSettings settings)
    {
        if (settings is { Mean: { } mean, Deviation: { } deviation })
            return ([.. mean], [.. deviation], false);
        return file.Metadata.TryGetValue("mean", out var means) && file.Metadata.TryGetValue("std", out var deviations)
            && Numbers(means) is { Length: 3 } its && Numbers(deviations) is { Length: 3 } spread && spread.All(value => value > 0)
            ? (its, spread, false)
            : file.Metadata.GetValueOrDefault("Image.NominalPixelRange") switch
            {
                "NominalRange_0_255" => ([0, 0, 0], [Byte, Byte, Byte], false),
                "Normalized_0_1" => ([0, 0, 0], [1, 1, 1], false),
                "Normalized_1_1" => ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5], false),
                _ => (_mean, _deviation, true),
            };
    }

    /// <summary>Numbers with commas or spaces between them, perhaps in brackets; empty if they are something else.</summary>
    private static double[] Numbers(string text)
    {
        var parts = text.Trim('[', ']', '(', ')', ' ').Split([',', ' ', 'x'], StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
        return numbers.All(double.IsFinite) ? numbers : [];
    }

    private static BadInputException Bad(BackboneSettings settings, string what) => new($"The backbone {settings.Name} {what}.");
}
