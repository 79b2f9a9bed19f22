using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Verdicts;
using Siamese.Model.Networks;
using static Siamese.Grains.Tests.Verdicts.ScriptedEmbedder;

namespace Siamese.Grains.Tests.Verdicts;

public sealed class EmbeddingBatchesTests : IDisposable
{
    private readonly VerdictThreads _threads = new(count: 1);
    private readonly EmbeddingBatches _batches;

    public EmbeddingBatchesTests() => _batches = new EmbeddingBatches(_threads);

    public void Dispose() => _threads.Dispose();

    [Fact]
    public async Task Calls_that_arrive_during_a_batch_share_the_next_batch()
    {
        var member = new ScriptedEmbedder();
        var first = _batches.Embed(member, Images(1, 2), default);
        await member.Asked();
        var gathered = new[] { 3, 5, 7 }.Select(pixel => _batches.Embed(member, Images(pixel, pixel + 1), default)).ToArray();
        member.GoOn(times: 2);

        Assert.Equal(Embeddings(1, 2), await Soon(first));
        Assert.Equal(Embeddings(3, 4), await Soon(gathered[0]));
        Assert.Equal(Embeddings(5, 6), await Soon(gathered[1]));
        Assert.Equal(Embeddings(7, 8), await Soon(gathered[2]));
        Assert.Equal([[1, 2], [3, 4, 5, 6, 7, 8]], member.Times);
    }

    [Fact]
    public async Task Each_member_has_its_own_batches()
    {
        var (one, other) = (new ScriptedEmbedder(), new ScriptedEmbedder { IsBlocked = false });
        var ofOne = _batches.Embed(one, Images(1), default);
        await one.Asked();
        var ofOther = _batches.Embed(other, Images(2), default);
        var againOfOne = _batches.Embed(one, Images(3), default);
        one.GoOn(times: 2);

        Assert.Equal(Embeddings(1), await Soon(ofOne));
        Assert.Equal(Embeddings(2), await Soon(ofOther));
        Assert.Equal(Embeddings(3), await Soon(againOfOne));
        Assert.Equal([[1], [3]], one.Times);
        Assert.Equal([[2]], other.Times);
    }

    [Fact]
    public async Task Many_images_are_embedded_in_chunks_and_come_back_in_order()
    {
        var member = new ScriptedEmbedder { IsBlocked = false };
        var pixels = Enumerable.Range(0, (2 * FrozenEncoder.ChunkSize) + 5).ToArray();

        Assert.Equal(Embeddings(pixels), await Soon(_batches.Embed(member, Images(pixels), default)));
        Assert.Equal([FrozenEncoder.ChunkSize, FrozenEncoder.ChunkSize, 5], member.Times.Select(time => time.Length));
    }

    [Fact]
    public async Task A_small_call_does_not_wait_for_the_rest_of_a_large_one_and_shares_its_chunk()
    {
        var member = new ScriptedEmbedder();
        var pixels = Enumerable.Range(0, 2 * FrozenEncoder.ChunkSize).ToArray();
        var large = _batches.Embed(member, Images(pixels), default);
        await member.Asked();
        var small = _batches.Embed(member, Images(200), default);
        member.GoOn();
        await member.Asked();
        member.GoOn();

        Assert.Equal(Embeddings(200), await Soon(small));
        Assert.False(large.IsCompleted);
        member.GoOn();
        Assert.Equal(Embeddings(pixels), await Soon(large));
        Assert.Equal([200, .. pixels[FrozenEncoder.ChunkSize..^1]], member.Times.ElementAt(1).Select(pixel => (int)pixel));
        Assert.Equal(pixels[^1..], member.Times.ElementAt(2).Select(pixel => (int)pixel));
    }

    [Fact]
    public async Task A_call_that_cannot_be_embedded_fails_alone()
    {
        var member = new ScriptedEmbedder();
        var busy = _batches.Embed(member, Images(1), default);
        await member.Asked();
        var good = _batches.Embed(member, Images(2), default);
        var bad = _batches.Embed(member, Images(3, Poison), default);
        var alsoGood = _batches.Embed(member, Images(4), default);
        member.GoOn(times: 5);

        Assert.Equal(Embeddings(1), await Soon(busy));
        Assert.Equal(Embeddings(2), await Soon(good));
        Assert.Equal("Poison.", (await Assert.ThrowsAsync<InvalidOperationException>(() => Soon(bad))).Message);
        Assert.Equal(Embeddings(4), await Soon(alsoGood));
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_is_not_embedded()
    {
        var member = new ScriptedEmbedder();
        var busy = _batches.Embed(member, Images(1), default);
        await member.Asked();
        using var impatience = new CancellationTokenSource();
        var givenUp = _batches.Embed(member, Images(2), impatience.Token);
        var patient = _batches.Embed(member, Images(3), default);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(givenUp));
        member.GoOn(times: 2);
        await Soon(busy);
        Assert.Equal(Embeddings(3), await Soon(patient));
        Assert.Equal([[1], [3]], member.Times);
    }

    [Fact]
    public async Task A_silo_that_shuts_down_cancels_waiting_calls_and_accepts_no_more()
    {
        var member = new ScriptedEmbedder();
        var busy = _batches.Embed(member, Images(1), default);
        await member.Asked();
        var waiting = _batches.Embed(member, Images(2), default);
        var decoding = _threads.Run(Turn.DecodeFew, () => Assert.Fail("It was to be called off."), default);
        var down = Task.Factory.StartNew(_threads.Dispose, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await TestCluster.Until(() => Task.FromResult(_threads.End.IsCancellationRequested));
        member.GoOn();

        await Soon(down);
        Assert.Equal(Embeddings(1), await Soon(busy));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(waiting));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(decoding));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _batches.Embed(member, Images(3), default));
        Assert.Equal([[1]], member.Times);
    }

    [Fact]
    public async Task A_small_call_is_decoded_and_embedded_before_a_large_one_is_decoded()
    {
        var member = new ScriptedEmbedder();
        var busy = _batches.Embed(member, Images(1), default);
        await member.Asked();
        var (few, many) = (FrozenEncoder.ChunkSize, FrozenEncoder.ChunkSize + 1);
        var order = new List<string>(); // No lock: only one thread adds to it.
        Task[] waiting =
        [
            Does(Turns.ToEmbed(many), "embeds many"),
            Does(Turns.ToDecode(many), "decodes many"),
            Does(Turns.ToEmbed(few), "embeds few"),
            Does(Turns.ToDecode(few), "decodes few"),
        ];
        member.GoOn();

        await Soon(Task.WhenAll([busy, .. waiting]));
        Assert.Equal(["decodes few", "embeds few", "decodes many", "embeds many"], order);

        Task Does(Turn turn, string what) => _threads.Run(turn, () => order.Add(what), default);
    }

    [Fact]
    public async Task A_small_call_is_decoded_and_embedded_while_a_large_one_waits_to_be_decoded()
    {
        var member = new ScriptedEmbedder();
        var decoding = new ImageDecoding(_threads, null!);
        var busy = _batches.Embed(member, Images(1), default);
        await member.Asked();
        var decodingMany = decoding.Decode(Files(FrozenEncoder.ChunkSize + 1), member.Input, default);
        var decodingFew = decoding.Decode(Files(2), member.Input, default);
        var embeddingFew = _batches.Embed(member, Images(2), default);
        member.GoOn();
        await member.Asked();

        // The only thread is blocked while it embeds the small call.
        Assert.Equal(2, (await Soon(decodingFew)).Problems.Length);
        Assert.False(decodingMany.IsCompleted);
        member.GoOn();
        await Soon(Task.WhenAll(busy, embeddingFew, decodingMany));
    }

    [Fact]
    public async Task Work_that_cancels_itself_is_cancelled_for_its_caller()
    {
        using var impatience = new CancellationTokenSource();
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(_threads.Run(Turn.DecodeMany, impatience.Token.ThrowIfCancellationRequested, default)));
    }

    private static ImmutableArray<ImageFile> Files(int count) => [.. Enumerable.Repeat(new ImageFile("empty.png", []), count)];

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(TestCluster.Patience);

    private static Task Soon(Task task) => task.WaitAsync(TestCluster.Patience);
}
