using System.IO.Pipelines;
using Siamese.Silo.Admission;

namespace Siamese.Grains.Tests.Silo;

public sealed class PreambleTests
{
    private static readonly byte[] _whole = [3, 0, 0, 0, 7, 8, 9];

    private readonly Pipe _pipe = new();

    [Fact]
    public async Task It_has_arrived_with_its_last_byte_and_is_still_there()
    {
        var arrives = Preamble.Arrives(_pipe.Reader, CancellationToken.None);
        foreach (var one in _whole)
        {
            Assert.False(arrives.IsCompleted);
            await _pipe.Writer.WriteAsync(new[] { one });
        }

        Assert.Equal(_whole[4..], await arrives);
        Assert.True(_pipe.Reader.TryRead(out var read));
        Assert.Equal(_whole.Length, read.Buffer.Length);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 4, 0, 0)]
    [InlineData(0, 0, 0, 0x80)]
    public async Task A_length_that_Orleans_does_not_read_is_refused(int one, int two, int three, int four)
    {
        await _pipe.Writer.WriteAsync(new[] { (byte)one, (byte)two, (byte)three, (byte)four });

        Assert.Null(await Preamble.Arrives(_pipe.Reader, CancellationToken.None));
    }

    [Fact]
    public async Task A_peer_that_leaves_has_not_identified_itself()
    {
        await _pipe.Writer.WriteAsync(_whole.AsMemory(0, 5));
        await _pipe.Writer.CompleteAsync();

        Assert.Null(await Preamble.Arrives(_pipe.Reader, CancellationToken.None));
    }

    [Fact]
    public async Task A_silent_peer_is_not_waited_for_beyond_the_limit()
    {
        using var limit = new CancellationTokenSource();
        var arrives = Preamble.Arrives(_pipe.Reader, limit.Token);

        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => arrives);
    }
}
