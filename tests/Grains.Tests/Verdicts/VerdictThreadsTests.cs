using Microsoft.Extensions.Time.Testing;
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
    public async Task Work_that_takes_long_lets_others_in_after_each_piece()
    {
        // Between any two looks at it, more time passes than a thread may take.
        using var threads = new VerdictThreads(1, new FakeTimeProvider { AutoAdvanceAmount = VerdictThreads.Patience });
        var order = new List<string>();
        var first = threads.Run(Turn.DecodeFew, _mayEnd.Wait, CancellationToken.None);
        var slow = threads.RunEach(Turn.DecodeFew, 5, 3, i => order.Add($"slow {i}"), CancellationToken.None);
        var quick = threads.Run(Turn.DecodeFew, () => order.Add("quick"), CancellationToken.None);
        _mayEnd.Set();

        await Task.WhenAll(first, slow, quick).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(["slow 5", "quick", "slow 6", "slow 7"], order);
    }

    [Fact]
    public async Task What_is_cancelled_after_it_began_is_not_continued()
    {
        using var threads = new VerdictThreads(1);
        using var cancellation = new CancellationTokenSource();
        var begun = new List<int>();

        var work = threads.RunEach(Turn.DecodeFew, 0, 5, Do, cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        await threads.Run(Turn.DecodeFew, () => { }, CancellationToken.None);

        Assert.Equal([0, 1], begun);

        void Do(int i)
        {
            begun.Add(i);
            if (i == 1)
                cancellation.Cancel();
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
