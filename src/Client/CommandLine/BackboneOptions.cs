using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.CommandLine;

/// <summary>Options of `sweep` that say how images become the input of the networks that `--backbone` names.</summary>
internal sealed class BackboneOptions
{
    private readonly Option<string?> _size = new("--backbone-size")
    {
        Description = "Rows and columns of the images that the networks of --backbone take, such as 224 or 150x220, if their files leave it open.",
        HelpName = "SIZE",
    };

    private readonly Option<string?> _mean = new("--backbone-mean")
    {
        Description = "Mean of red, green and blue that is subtracted, with white at 1, if the file does not state it. [default: ImageNet's 0.485,0.456,0.406]",
        HelpName = "R,G,B",
    };

    private readonly Option<string?> _deviation = new("--backbone-std")
    {
        Description = "Standard deviation by which the difference is divided. [default: ImageNet's 0.229,0.224,0.225]",
        HelpName = "R,G,B",
    };

    private readonly Option<string?> _order = new("--backbone-order")
    {
        Description = "Order of the colours in which they take an image, if the file does not state it. [default: rgb]",
        HelpName = "rgb|bgr",
    };

    private readonly Option<string?> _fit = new("--backbone-fit")
    {
        Description = "How images are fitted to their input: stretch, pad (keep the ratio of the sides), ink (crop to what is drawn, then pad). [default: stretch]",
        HelpName = "stretch|pad|ink",
    };

    private Option<string?>[] All => [_size, _mean, _deviation, _order, _fit];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>The settings, without the name and the layer.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="isAsked">Whether there is a backbone at all.</param>
    /// <exception cref="BadInputException">A value cannot be read or is out of range, or there is no backbone.</exception>
    public BackboneSettings Read(ParseResult line, bool isAsked)
    {
        if (!isAsked && All.FirstOrDefault(option => line.GetValue(option) is not null) is { } unused)
            throw new BadInputException($"{unused.Name}: only valid with --backbone and a file.");
        var settings = new BackboneSettings
        {
            Name = "",
            Size = line.GetValue(_size) is { } size ? Size(size) : null,
            Mean = Colours(line, _mean),
            Deviation = Colours(line, _deviation),
            Order = line.GetValue(_order) is { } order ? Word.Read<ChannelOrder>(_order.Name, order) : null,
            Fit = line.GetValue(_fit) is { } fit ? Word.Read<Fit>(_fit.Name, fit) : Fit.Stretch,
        };
        OptionNames.Check(settings.Check);
        return settings;
    }

    private ImageSize Size(string text) =>
        ImageSize.Find(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) ? HyperparameterValue.Of(side) : text)
        ?? throw new BadInputException($"{_size.Name}: '{text}' is not a size; write 224, or rows and columns such as 150x220.");

    private static ImmutableArray<double>? Colours(ParseResult line, Option<string?> option) => line.GetValue(option) is { } text
        ? [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadInputException($"{option.Name}: '{part}' is not a number."))]
        : null;
}
