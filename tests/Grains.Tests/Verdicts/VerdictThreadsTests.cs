using Siamese.Grains.Verdicts;

namespace Siamese.Grains.Tests.Verdicts;

public sealed class VerdictThreadsTests : IDisposable
{
    private readonly ManualResetEventSlim _mayEnd = new();

    public void Dispose() => _mayEnd.Dispose();

    [Fact]
    public async Task Large_images_are_decoded_one_at_a_time_and_leave_the_other_threads_to_others()
    {
        using var threads = new VerdictThreads(4);
        var (running, most) = (0, 0);
        var large = Enumerable.Range(0, 6).Select(_ => threads.Run(Turn.DecodeLarge, Decode, CancellationToken.None)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => threads.Run(Turn.DecodeFew, () => { }, CancellationToken.None))).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.DoesNotContain(large, work => work.IsCompleted);
        _mayEnd.Set();
        await Task.WhenAll(large).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(1, most);

        void Decode()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            _mayEnd.Wait();
            Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public async Task Large_images_that_wait_are_cancelled_as_the_silo_ends()
    {
        var threads = new VerdictThreads(3);
        var begun = new TaskCompletionSource();
        var first = threads.Run(Turn.DecodeLarge, () => { begun.SetResult(); _mayEnd.Wait(); }, CancellationToken.None);
        var others = Enumerable.Range(0, 5).Select(_ => threads.Run(Turn.DecodeLarge, () => { }, CancellationToken.None)).ToArray();
        await begun.Task;
        var ending = Task.Run(threads.Dispose);
        while (!threads.End.IsCancellationRequested)
            await Task.Yield();
        _mayEnd.Set();

        await ending.WaitAsync(TimeSpan.FromSeconds(20));
        await first;
        Assert.All(others, work => Assert.True(work.IsCanceled));
    }
}
