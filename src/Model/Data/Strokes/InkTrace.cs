using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads the text of an InkML trace: points separated by commas, with a value for each channel. A prefix says what the
/// values of its channel are from there on: <c>!</c> the values themselves, as at the start of a trace; <c>'</c> differences
/// from the point before; <c>"</c> differences of these differences. <c>*</c> repeats the channel's last number.
/// </summary>
internal ref struct InkTrace
{
    private readonly StrokeFile _file;
    private readonly InkChannels _channels;
    private readonly string _text;
    private readonly Channel[] _state;
    private int _at, _line;

    public InkTrace(StrokeFile file, InkChannels channels, string text, int line)
    {
        (_file, _channels, _text, _line) = (file, channels, text, line);
        _state = new Channel[channels.Count];
        Array.Fill(_state, new('!', 0, 0, 0));
    }

    /// <summary>The state of a channel.</summary>
    /// <param name="Mode">Its prefix.</param>
    /// <param name="Value">Its value at the last point.</param>
    /// <param name="Step">What was added to the value before.</param>
    /// <param name="Number">The last number as written.</param>
    private readonly record struct Channel(char Mode, double Value, double Step, double Number)
    {
        public Channel Next(double number) => Mode switch
        {
            '\'' => this with { Value = Value + number, Step = number, Number = number },
            '"' => this with { Value = Value + Step + number, Step = Step + number, Number = number },
            _ => this with { Value = number, Step = 0, Number = number },
        };
    }

    private readonly Place Here => new(_line);

    /// <exception cref="BadInputException">The trace is damaged.</exception>
    public void AddTo(PenPathBuilder path)
    {
        SkipSpace();
        while (_at < _text.Length)
        {
            var (place, count) = (Here, 0);
            for (; _at < _text.Length && _text[_at] != ','; SkipSpace())
            {
                if (count == _channels.Count)
                    throw Bad(FormattableString.Invariant($"the point has more than {_channels.Count} values"));
                ReadValue(ref _state[count++]);
            }

            if (count < _channels.Regular)
                throw Bad(FormattableString.Invariant($"the point has too few values: {count} instead of {_channels.Regular}"));
            path.Add(place, _state[_channels.X].Value, _state[_channels.Y].Value, ValueOf(_channels.Time), ValueOf(_channels.Force));
            _at++; // The comma. None need follow the last point, but it may.
            SkipSpace();
        }
    }

    private readonly double? ValueOf(int channel) => channel < 0 ? null : _state[channel].Value;

    private void ReadValue(ref Channel channel)
    {
        if (_text[_at] is '!' or '\'' or '"')
        {
            channel = channel with { Mode = _text[_at++] };
            SkipSpace();
        }

        channel = channel.Next(Number(channel));
    }

    private double Number(Channel channel)
    {
        var start = _at;
        var first = _at < _text.Length ? _text[_at] : ',';
        if (first is '*' or '?' or 'T' or 'F')
        {
            _at++;
            // A value that was not reported, and the values of a switch.
            return first switch { '*' => channel.Number, '?' => double.NaN, 'T' => 1, _ => 0 };
        }

        // A sign begins the next value, so that 3-5 is two values.
        for (_at++; _at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' || (_text[_at] is '-' or '+' && _text[_at - 1] is 'e' or 'E')); _at++)
        {
        }

        var text = _text.AsSpan(start, Math.Min(_at, _text.Length) - start);
        return StrokeLines.TryParse(text, out var number) ? number : throw Bad($"'{(text.Length <= 40 ? text : text[..40])}' is not a number");
    }

    private void SkipSpace()
    {
        for (; _at < _text.Length && char.IsWhiteSpace(_text[_at]); _at++)
            _line += _text[_at] == '\n' ? 1 : 0;
    }

    private readonly BadInputException Bad(string problem) =>
        _file.Bad(Here, $"{problem}. Correct the trace, or the channels in the traceFormat.");
}
