using Siamese.Grains.Tests.Clusters;
using Siamese.Silo.Storage;

namespace Siamese.Grains.Tests.Stores;

public sealed class StoreHealthTests
{
    private readonly QuickClock _clock = new();
    private readonly StoreHealth _health;

    public StoreHealthTests() => _health = new StoreHealth(_clock);

    [Fact]
    public void A_store_is_a_problem_once_it_has_been_away_for_longer_than_a_restart_takes()
    {
        _health.IsUnreachable("Connection refused.");
        Assert.Null(_health.Problem);
        _clock.PutForward(TimeSpan.FromSeconds(31));
        _health.IsUnreachable("Connection timed out.");

        Assert.Equal("for 31 s: Connection timed out.", _health.Problem);
        Assert.InRange(_health.UnreachableFor.TotalSeconds, 31, 40);
        _health.WasRead();
        Assert.Null(_health.Problem);
        Assert.Equal(TimeSpan.Zero, _health.UnreachableFor);
    }

    [Fact]
    public void A_full_store_can_still_be_read_and_is_a_problem_until_something_is_written()
    {
        _health.WasNotWritten("The disk is full.");
        _clock.PutForward(TimeSpan.FromSeconds(31));
        _health.WasNotWritten("The disk is full.");
        _health.WasRead();
        Assert.Equal("for 31 s: The disk is full.", _health.Problem);

        _health.WasWritten();
        Assert.Null(_health.Problem);
    }

    [Fact]
    public void What_is_wrong_with_a_store_is_known_at_once_even_if_it_may_pass()
    {
        Assert.Null(_health.Trouble);
        _health.IsUnreachable("Connection refused.");
        _clock.PutForward(TimeSpan.FromSeconds(3));

        Assert.Equal((false, "Connection refused."), (_health.Trouble!.Answers, _health.Trouble.Reason));
        Assert.InRange(_health.Trouble.Seconds, 3, 10);
        _health.WasRead();
        Assert.Null(_health.Trouble);
        _health.WasNotWritten("The disk is full.");
        Assert.Equal((true, "The disk is full."), (_health.Trouble!.Answers, _health.Trouble.Reason));
        _clock.PutForward(TimeSpan.FromSeconds(61));
        Assert.Null(_health.Trouble);
    }

    [Fact]
    public void A_write_that_failed_long_ago_says_nothing_about_now()
    {
        _health.WasNotWritten("The disk is full.");
        _clock.PutForward(TimeSpan.FromSeconds(61));
        Assert.Null(_health.Problem);

        // It does not count as the beginning of a later failure either.
        _health.WasNotWritten("The disk is full.");
        Assert.Null(_health.Problem);
    }
}
