using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// What a sweep has to do with the board. No call is awaited: the board may be waiting for this very sweep, to lease a
/// trial, and one that is leaving its silo takes no calls before it has that answer.
/// </summary>
internal sealed partial class SweepGrain
{
    private static readonly TimeSpan _countSlotsEvery = TimeSpan.FromSeconds(2);

    private SweepPhase _posted;
    private Task _posting = Task.CompletedTask;
    private TimeSpan _postFrom;
    private int _slots;
    private TimeSpan? _slotsCountedAt;

    private IBoardGrain Board => GrainFactory.GetGrain<IBoardGrain>(0);

    /// <summary>Tells the board of the phase, where this activation has not yet done so.</summary>
    private void KeepPosted()
    {
        // A sweep that was removed is not on the board any more.
        if (_posted != State.Phase && State.Phase is not SweepPhase.Unknown && _posting.IsCompleted && Now >= _postFrom)
            _posting = Post(State.Phase);
    }

    private async Task Post(SweepPhase phase)
    {
        try
        {
            await Board.Post(
                new BoardEntry
                {
                    Sweep = Id,
                    Phase = phase,
                    SubmittedAt = State.SubmittedAt,
                    HasEnsemble = State.Result is not null,
                    FormedAt = State.Result?.Ensemble.Ensemble.FormedAt,
                },
                CancellationToken.None);
            _posted = phase;
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
