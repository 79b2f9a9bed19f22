using System.CommandLine;
using System.Globalization;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>Options that stop a sweep before all of its trials are trained.</summary>
internal sealed class StopOptions
{
    private readonly Option<string?> _eer = new("--until-eer") { HelpName = "EER", Description = "Stop once a point reaches this validation EER or less, such as 0.01 (the mean of its trials)." };
    private readonly Option<string?> _after = new("--for") { HelpName = "TIME", Description = "Stop training after this time, such as 90s, 30m or 2h." };

    public IEnumerable<Option> All => [_eer, _after];

    /// <exception cref="BadInputException">A value is not a rate or not a duration.</exception>
    public StopRule Read(ParseResult line) => new(
        line.GetValue(_eer) is { } eer ? Numbers.Real(_eer.Name, eer) : null,
        line.GetValue(_after) is { } after ? Time(after) : null);

    private TimeSpan Time(string text)
    {
        var seconds = text.Length == 0 ? 0 : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            _ => 0,
        };
        return seconds > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number * seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(number * seconds)
            : throw new BadInputException($"{_after.Name}: '{text}' is not a duration; write 90s, 30m or 2h.");
    }
}
