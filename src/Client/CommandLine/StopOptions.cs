using System.CommandLine;
using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>When a sweep stops though not all of its trials are trained.</summary>
internal sealed class StopOptions
{
    private readonly Option<string?> _eer = new("--until-eer") { HelpName = "EER", Description = "Stop as soon as a point has a validation EER of at most this, as 0.01 (the mean of its trials)." };
    private readonly Option<string?> _after = new("--for") { HelpName = "TIME", Description = "Stop training after so long, as 90s, 30m or 2h." };

    public IEnumerable<Option> All => [_eer, _after];

    /// <exception cref="BadInputException">It is no rate, or no time.</exception>
    public StopRule Read(ParseResult line) => new(
        line.GetValue(_eer) is { } eer ? CommaList.Number(_eer.Name, eer, rate => rate is > 0 and < 1, "between 0 and 1; 1.5 % is 0.015") : null,
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
            : throw new BadInputException($"{_after.Name}: '{text}' is no time; write it as 90s, 30m or 2h.");
    }
}
