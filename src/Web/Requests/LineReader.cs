using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Siamese.Web.Requests;

/// <summary>What a reader of lines has come to.</summary>
internal enum LineKind
{
    /// <summary>A line with something in it.</summary>
    Content,

    /// <summary>A line that is too long, and was left out.</summary>
    TooLong,

    /// <summary>Not a line: nothing has arrived for some milliseconds.</summary>
    Pause,
}

/// <summary>A line of a body.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Content">Its bytes, until the next line is asked for.</param>
internal readonly record struct Line(LineKind Kind, long Number, ReadOnlySequence<byte> Content = default);

/// <summary>Reads a body line by line, as it arrives. Not more than one line is in memory, and nothing is read before it is asked for.</summary>
/// <param name="body">The body.</param>
/// <param name="maximumBytes">Maximum length of a line.</param>
/// <param name="pause">How long nothing has to arrive until that is reported.</param>
/// <param name="time">The time.</param>
internal sealed class LineReader(PipeReader body, long maximumBytes, TimeSpan pause, TimeProvider time)
{
    private long _number = 1;

    /// <summary>Whether the rest of a line that is too long is being left out.</summary>
    private bool _isTooLong;

    /// <summary>The lines with something in them, and pauses.</summary>
    public async IAsyncEnumerable<Line> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        // The part of the buffer in which there is no end of a line.
        var searched = 0L;
        while (true)
        {
            var reading = body.ReadAsync(cancellation).AsTask();
            if (!reading.IsCompleted && await Task.WhenAny(reading, Task.Delay(pause, time, cancellation)) != reading)
                yield return new Line(LineKind.Pause, _number);
            var read = await reading;
            var buffer = read.Buffer;
            while (buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                if (Take(buffer.Slice(0, end)) is { } line)
                    yield return line;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                searched = 0;
            }

            if (read.IsCompleted)
            {
                if (Take(buffer) is { } last)
                    yield return last;
                body.AdvanceTo(buffer.End);
                yield break;
            }

            if (_isTooLong || buffer.Length > maximumBytes)
            {
                _isTooLong = true;
                buffer = buffer.Slice(buffer.End);
            }

            searched = buffer.Length;
            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>The line that ends here; null if nothing is in it.</summary>
    private Line? Take(ReadOnlySequence<byte> content)
    {
        var number = _number++;
        var isTooLong = _isTooLong || content.Length > maximumBytes;
        _isTooLong = false;
        return isTooLong ? new Line(LineKind.TooLong, number) : IsBlank(content) ? null : new Line(LineKind.Content, number, content);
    }

    private static bool IsBlank(ReadOnlySequence<byte> content)
    {
        foreach (var part in content)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        }

        return true;
    }
}
