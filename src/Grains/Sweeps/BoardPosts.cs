using Microsoft.Extensions.Logging;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Board;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// How a sweep talks to the board. While it is unfinished, no call is awaited: the board may be waiting for this very sweep to lease a trial, and a
/// board that is leaving its silo takes no calls before it has that answer.
/// </summary>
/// <param name="board">The board.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives failures.</param>
internal sealed class BoardPosts(ISweepBoard board, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan _countSlotsEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _restAfterFailure = TimeSpan.FromSeconds(2);

    private BoardEntry? _posted;
    private Task _posting = Task.CompletedTask;
    private long? _failedAt;
    private long? _slotsCountedAt;

    /// <summary>Number of slots in the cluster when they were last counted.</summary>
    public int Slots { get; private set; }

    /// <summary>Whether the board knows this entry.</summary>
    public bool Has(BoardEntry entry) => _posted == entry;

    /// <summary>Posts an entry, if this activation has not posted it yet. If the board cannot be reached, a later call posts it.</summary>
    public void Keep(BoardEntry entry)
    {
        // A removed sweep is no longer on the board.
        if (entry.Phase is not SweepPhase.Unknown && !Has(entry) && _posting.IsCompleted && !IsRecent(_failedAt, _restAfterFailure))
            _posting = Post(entry);
    }

    /// <summary>Takes a removed sweep off the board. The only call that is awaited: a removed sweep leases nothing, and the board must forget it.</summary>
    public Task Withdraw(string sweep, CancellationToken cancellation) => board.Withdraw(sweep, cancellation);

    /// <summary>Counts the slots again if the last count is old.</summary>
    public void CountSlots()
    {
        if (IsRecent(_slotsCountedAt, _countSlotsEvery))
            return;
        _slotsCountedAt = time.GetTimestamp();
        Count().Ignore();

        async Task Count() => Slots = await board.CountSlots(CancellationToken.None);
    }

    private bool IsRecent(long? at, TimeSpan length) => at is { } known && time.GetElapsedTime(known) < length;

    private async Task Post(BoardEntry entry)
    {
        try
        {
            await board.Post(entry, CancellationToken.None);
            _posted = entry;
        }
        catch (Exception e)
        {
            logger.LogNotPosted(e, entry.Sweep);
            _failedAt = time.GetTimestamp();
        }
    }
}
