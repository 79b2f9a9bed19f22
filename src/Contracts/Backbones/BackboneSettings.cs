using System.Collections.Immutable;
using System.Text.Json;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Backbones;

/// <summary>How images become the input of a backbone, and which of its layers is taken. What is null, the network's file states.</summary>
public sealed record BackboneSettings
{
    /// <summary>Name of the file with these settings, beside the network's.</summary>
    public const string FileName = "backbone.json";

    /// <summary>Name of the file with the network.</summary>
    public const string NetworkName = "network.onnx";

    /// <summary>Maximum bytes of a network's file: 1 GB.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>Longest side of an input, pixels.</summary>
    public const int LongestSide = 1024;

    /// <summary>Name of the file as the user has it, without the extension.</summary>
    public required string Name { get; init; }

    /// <summary>Name of a tensor in the network's graph: (N, D), or (N, D, H, W), of which the mean over H and W is taken. Null for its output.</summary>
    public string? Layer { get; init; }

    /// <summary>Rows and columns of its input.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>Mean of red, green and blue, with white at 1, which is subtracted.</summary>
    public ImmutableArray<double>? Mean { get; init; }

    /// <summary>Standard deviation of red, green and blue, with white at 1, by which the difference is divided.</summary>
    public ImmutableArray<double>? Deviation { get; init; }

    /// <summary>Order of the colours.</summary>
    public ChannelOrder? Order { get; init; }

    /// <summary>How images of other sizes are fitted.</summary>
    public Fit Fit { get; init; } = Fit.Stretch;

    /// <summary>Serializes the settings as a file. The same settings give the same bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, BackboneJson.Default.BackboneSettings);

    /// <summary>Reads what <see cref="Write"/> wrote, without trusting it.</summary>
    /// <exception cref="BadInputException">They are not valid; the message says why.</exception>
    public static BackboneSettings Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var settings = JsonSerializer.Deserialize(bytes, BackboneJson.Default.BackboneSettings) ?? throw new BadInputException($"{FileName} is empty.");
            settings.Check();
            return settings;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadInputException($"{FileName} has no settings of a backbone: {e.Message}", e);
        }
    }

    /// <exception cref="BadInputException">A setting is out of range. The message names it in quotes.</exception>
    public void Check()
    {
        BadInputException.ThrowUnless(Layer is null or { Length: > 0 and <= 500 }, $"'backbone': the name of a layer has 1 to 500 characters.");
        BadInputException.ThrowUnless(
            Size is null or { Rows: >= 8 and <= LongestSide, Columns: >= 8 and <= LongestSide }, $"'backbone-size': {Size?.Value} is not between 8 and {LongestSide}.");
        Check("backbone-mean", Mean, "-1 to 1", value => Math.Abs(value) <= 1);
        Check("backbone-std", Deviation, "above 0 to 10", value => value is > 0 and <= 10);
        BadInputException.ThrowUnless(Mean is null == Deviation is null, $"'backbone-mean' and 'backbone-std' belong together; give both, or leave both out.");
    }

    private static void Check(string name, ImmutableArray<double>? values, string range, Func<double, bool> isIn) => BadInputException.ThrowUnless(
        values is not { } stated || (!stated.IsDefault && stated.Length == 3 && stated.All(isIn)), $"'{name}': give three numbers, for red, green and blue, of {range}.");
}
