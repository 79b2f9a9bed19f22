using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;
using Siamese.Grains.Workers;

namespace Siamese.Grains.Tests.Workers;

public sealed class CheckpointWriterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedStore _store = new();
    private readonly List<Checkpoint> _registered = [];
    private readonly CheckpointWriter _writer;
    private readonly Task _writing;
    private Directive _answer = Directive.Continue;

    public CheckpointWriterTests()
    {
        _writer = new CheckpointWriter("trial", 7, _store, Register, new LeaseTrace(Some.Lease()), _time, NullLogger.Instance);
        _writing = _writer.WriteAll(CancellationToken.None);
    }

    [Fact]
    public async Task The_first_checkpoint_is_due_early_and_the_next_at_the_end_of_an_epoch_or_after_eight_seconds()
    {
        Assert.False(_writer.AreDue(endsEpoch: true));
        Pass(1);
        Assert.True(_writer.AreDue(endsEpoch: false));
        await Take();
        Pass(3.9);
        Assert.False(_writer.AreDue(endsEpoch: true));
        Pass(0.1);
        Assert.True(_writer.AreDue(endsEpoch: true));
        Assert.False(_writer.AreDue(endsEpoch: false));
        Pass(4);
        Assert.True(_writer.AreDue(endsEpoch: false));
    }

    [Fact]
    public async Task A_checkpoint_is_stored_then_reported_and_only_then_are_older_ones_removed()
    {
        await Take(epoch: 3, batch: 5);

        var checkpoint = Assert.Single(_registered);
        var bytes = Some.Snapshot(3, 5).Write();
        Assert.Equal(new Checkpoint(7, 3, 5, Convert.ToHexStringLower(SHA256.HashData(bytes)), 3), checkpoint);
        Assert.Equal(bytes, _store.Last);
        Assert.Equal(["put 3-5", "told 3-5", "delete up to 7 but 3-5"], _store.Log);
    }

    [Fact]
    public async Task No_checkpoint_is_due_while_one_is_being_written()
    {
        var stored = _store.Hold();
        _writer.Take(Some.Snapshot());
        Pass(100);
        Assert.False(_writer.AreDue(endsEpoch: true));
        stored.SetResult();
        await _store.Until(3);

        await Eventually(() => _writer.AreDue(endsEpoch: true));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_stored_is_kept_until_it_can()
    {
        _store.FailsToPut = true;
        _writer.Take(Some.Snapshot(2));
        await _store.Until(1);
        _store.FailsToPut = false;
        await Eventually(() =>
        {
            Pass(1);
            return _registered.Count == 1;
        });

        Assert.Equal(2, _registered[0].Epoch);
    }

    [Fact]
    public async Task Nothing_is_removed_after_the_lease_is_lost()
    {
        _answer = Directive.Stale;
        _writer.Take(Some.Snapshot(1));
        await _store.Until(2);
        await End(isNeeded: true);

        Assert.Equal(["put 1-0", "told 1-0"], _store.Log);
    }

    [Fact]
    public async Task The_last_checkpoint_is_due_at_once_and_is_written_even_after_training_has_ended()
    {
        var stopped = 0;
        _writer.TakeLast(() => stopped++);
        Assert.True(_writer.AreDue(endsEpoch: false));
        var stored = _store.Hold();
        _writer.Take(Some.Snapshot(4, 2));
        Assert.Equal(1, stopped);
        Assert.False(_writer.AreDue(endsEpoch: false));
        var ended = End(isNeeded: true);
        stored.SetResult();
        await ended;

        Assert.Equal((4, 2), (_registered[0].Epoch, _registered[0].Batch));
    }

    [Fact]
    public async Task A_checkpoint_that_is_no_longer_needed_is_not_retried()
    {
        _store.FailsToPut = true;
        _writer.Take(Some.Snapshot());
        await _store.Until(1);
        var ended = End(isNeeded: false);
        await Eventually(() =>
        {
            Pass(1);
            return ended.IsCompleted;
        });

        Assert.Empty(_registered);
    }

    private Task<Directive> Register(Checkpoint checkpoint)
    {
        _registered.Add(checkpoint);
        _store.Note($"told {checkpoint.Epoch}-{checkpoint.Batch}");
        return Task.FromResult(_answer);
    }

    private async Task Take(int epoch = 1, int batch = 0)
    {
        var before = _store.Log.Length;
        _writer.Take(Some.Snapshot(epoch, batch));
        await _store.Until(before + 3);
        // The store logs an entry a moment before the writer is ready for the next checkpoint.
        await Eventually(() => _writer.IsIdle);
    }

    private async Task End(bool isNeeded)
    {
        _writer.Complete(isNeeded);
        await _writing;
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private static async Task Eventually(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!isSo())
            await Task.Delay(1, patience.Token);
    }

    private sealed class ScriptedStore : ICheckpointStore
    {
        private readonly List<string> _log = [];
        private TaskCompletionSource? _held;

        public string[] Log
        {
            get
            {
                lock (_log)
                    return [.. _log];
            }
        }

        public byte[] Last { get; private set; } = [];

        public bool FailsToPut { get; set; }

        public TaskCompletionSource Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Note(string line)
        {
            lock (_log)
                _log.Add(line);
        }

        public Task Until(int lines) => Eventually(() => Log.Length >= lines);

        public async Task Put(string trial, Checkpoint checkpoint, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        {
            if (_held is { } held)
                await held.Task;
            Note($"put {checkpoint.Epoch}-{checkpoint.Batch}");
            if (FailsToPut)
                throw new IOException("No space left on device");
            Last = bytes.ToArray();
        }

        public Task<byte[]> Get(string trial, Checkpoint checkpoint, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<long> Delete(string trial, long upToFence, Checkpoint? except, CancellationToken cancellation)
        {
            Note($"delete up to {upToFence} but {except!.Epoch}-{except.Batch}");
            return Task.FromResult(0L);
        }
    }
}
