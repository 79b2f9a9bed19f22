using Siamese.Contracts.Sweeps;
using Siamese.Grains.Board;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// How a sweep talks to the board. No call is awaited: the board may be waiting for this very sweep to lease a trial, and a
/// board that is leaving its silo takes no calls before it has that answer.
/// </summary>
internal sealed partial class SweepGrain
{
    private static readonly TimeSpan _countSlotsEvery = TimeSpan.FromSeconds(2);

    private BoardEntry? _posted;
    private Task _posting = Task.CompletedTask;
    private TimeSpan _postFrom;
    private int _slots;
    private TimeSpan? _slotsCountedAt;

    private ISweepBoard Board => GrainFactory.GetGrain<ISweepBoard>(0);

    private BoardEntry Entry => new()
    {
        Sweep = Id,
        Phase = State.Phase,
        SubmittedAt = State.SubmittedAt,
        HasEnsemble = (State.Result, State.Newest) is not (null, null),
        FormedAt = State.Newest?.FormedAt ?? State.Result?.Ensemble.Ensemble.FormedAt,
    };

    /// <summary>Posts the sweep's status to the board, if this activation has not posted it yet.</summary>
    private void KeepPosted()
    {
        // A removed sweep is no longer on the board.
        if (State.Phase is not SweepPhase.Unknown && _posted != Entry && _posting.IsCompleted && Now >= _postFrom)
            _posting = Post(Entry);
    }

    private async Task Post(BoardEntry entry)
    {
        try
        {
            await Board.Post(entry, CancellationToken.None);
            _posted = entry;
        }
        catch (Exception e)
        {
            LogNotPosted(e, Id);
            _postFrom = Now + _restAfterFailure;
        }
    }

    private void CountSlots()
    {
        if (_slotsCountedAt is { } at && Now - at < _countSlotsEvery)
            return;
        _slotsCountedAt = Now;
        Count().Ignore();

        async Task Count() => _slots = await Board.CountSlots(CancellationToken.None);
    }
}
