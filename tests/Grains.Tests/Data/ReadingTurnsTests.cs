using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Tests.Data;

public sealed class ReadingTurnsTests
{
    private readonly ReadingTurns _turns = new(limit: 1000, large: 100);

    [Fact]
    public void Only_one_large_data_set_is_read_at_a_time()
    {
        using var first = _turns.Begin("first");
        first.Reserve(101);

        var second = new Thread(ReadLarge);
        second.Start();
        SpinWait.SpinUntil(() => !second.IsAlive || _turns.Waiting == 1);
        Assert.Equal(1, _turns.Waiting);
        first.Dispose();
        second.Join();

        void ReadLarge()
        {
            using var turn = _turns.Begin("second");
            turn.Reserve(1000);
        }
    }

    [Fact]
    public void Small_data_sets_do_not_wait_for_a_large_one()
    {
        using var large = _turns.Begin("large");
        large.Reserve(101);

        var small = new Thread(ReadSmall);
        small.Start();
        small.Join();

        void ReadSmall()
        {
            using var turn = _turns.Begin("small");
            turn.Reserve(100);
        }
    }

    [Fact]
    public void A_data_set_over_the_limit_is_refused_with_both_numbers_and_a_remedy()
    {
        using var turn = _turns.Begin("faces");
        var refusal = Assert.Throws<DataUnavailableException>(() => turn.Reserve(2_000_000));
        Assert.StartsWith("faces takes 2.0 MB in memory", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Give fewer images", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_reads_large_data_sets_one_at_a_time_in_every_way()
    {
        using var library = Uploaded.Library(new FolderBlobStore("not used"), "not used", new DataMemoryOptions { LargeBytes = 1 });
        var known = DataSets.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None).Fingerprint;
        Action[] ways =
        [
            () => library.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None).GetAwaiter().GetResult(),
            () => library.OpenWhole(DataSource.MnistMini, new ImageShape(8, 8), isKnown: true),
            () => library.Get(DataSource.MnistMini, new ImageShape(9, 9), known),
        ];
        var threads = Array.ConvertAll(ways, way => new Thread(() => way()));
        using (var held = library.Turns.Begin("held"))
        {
            held.Reserve(2);
            foreach (var (waiting, thread) in threads.Index())
            {
                thread.Start();
                SpinWait.SpinUntil(() => !thread.IsAlive || library.Turns.Waiting > waiting);
                Assert.Equal(waiting + 1, library.Turns.Waiting);
            }
        }

        foreach (var thread in threads)
            thread.Join();
        Assert.Equal(0, library.Turns.Waiting);
        Assert.NotEqual(0, library.KeptBytes);
    }
}
