using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Siamese.Web.Requests;

namespace Siamese.Web.Tests.Requests;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("one\ntwo", "1 one", "2 two")]
    [InlineData("one\r\n\n  \ntwo\n", "1 one\r", "4 two")]
    [InlineData("0123456789\n0123456789+\nshort\n0123456789+", "1 0123456789", "2 too long", "3 short", "4 too long")]
    [InlineData("0123456789 0123456789 0123456789 0123456789\nshort", "1 too long", "2 short")]
    public async Task Lines_are_read_whatever_the_parts_in_which_they_arrive(string text, params string[] expected)
    {
        for (var part = 1; part <= text.Length; part++)
            Assert.Equal(expected, await Read(text, part));
    }

    [Fact]
    public async Task A_pause_is_reported_in_the_middle_of_a_line()
    {
        var pipe = new Pipe();
        await using var lines = new LineReader(pipe.Reader, 100, TimeSpan.FromMilliseconds(1), TimeProvider.System).Read(CancellationToken.None).GetAsyncEnumerator();
        await pipe.Writer.WriteAsync("one\ntw"u8.ToArray());

        Assert.True(await lines.MoveNextAsync());
        Assert.Equal((LineKind.Content, 1), (lines.Current.Kind, lines.Current.Number));
        Assert.True(await lines.MoveNextAsync());
        Assert.Equal(LineKind.Pause, lines.Current.Kind);
        await pipe.Writer.WriteAsync("o\n"u8.ToArray());
        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("two", Encoding.UTF8.GetString(lines.Current.Content.ToArray()));
    }

    private static async Task<List<string>> Read(string text, int part)
    {
        var pipe = new Pipe();
        var writing = Write(pipe.Writer, text, part);
        var read = new List<string>();
        await foreach (var line in new LineReader(pipe.Reader, 10, TimeSpan.FromMinutes(1), TimeProvider.System).Read(CancellationToken.None))
            read.Add($"{line.Number} {(line.Kind is LineKind.TooLong ? "too long" : Encoding.UTF8.GetString(line.Content.ToArray()))}");
        await writing;
        return read;
    }

    private static async Task Write(PipeWriter writer, string text, int part)
    {
        foreach (var bytes in Encoding.UTF8.GetBytes(text).Chunk(part))
        {
            await writer.WriteAsync(bytes);
            await Task.Yield();
        }

        await writer.CompleteAsync();
    }
}
