using System.Threading.RateLimiting;
using Siamese.Web.Problems;

namespace Siamese.Web.Limits;

/// <summary>Places for what a silo does at a time: a number for all callers together, and a smaller one for each, so that no caller takes all.</summary>
/// <param name="what">What takes a place, in the plural: it follows a number.</param>
/// <param name="all">Number of places.</param>
/// <param name="ofOne">The most that one caller takes.</param>
internal sealed class Places(string what, int all, int ofOne) : IDisposable
{
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _all = new(Limit(all));

    // A caller without places is forgotten after some seconds.
    private readonly PartitionedRateLimiter<string> _each = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetConcurrencyLimiter(caller, _ => Limit(ofOne)));

    /// <summary>Takes places until the result is disposed.</summary>
    /// <param name="caller">Id of the caller's key.</param>
    /// <param name="number">Number of places; one caller's share at most.</param>
    /// <exception cref="ProblemException">They are taken.</exception>
    public IDisposable Take(string caller, int number = 1)
    {
        var own = _each.AttemptAcquire(caller, Math.Min(number, ofOne));
        if (!own.IsAcquired)
            throw new ProblemException(ProblemKind.Busy, FormattableString.Invariant($"This silo deals with at most {ofOne:#,0} {what} of one caller at a time; try again when some of yours have ended."), _retryAfter);
        var ofAll = _all.AttemptAcquire(Math.Min(number, ofOne));
        if (ofAll.IsAcquired)
            return new Taken(own, ofAll);
        own.Dispose();
        throw new ProblemException(ProblemKind.Busy, FormattableString.Invariant($"This silo deals with at most {all:#,0} {what} at a time; try again, or ask another silo."), _retryAfter);
    }

    public void Dispose()
    {
        _all.Dispose();
        _each.Dispose();
    }

    private static ConcurrencyLimiterOptions Limit(int number) => new() { PermitLimit = number, QueueLimit = 0 };

    private sealed class Taken(RateLimitLease own, RateLimitLease ofAll) : IDisposable
    {
        public void Dispose()
        {
            ofAll.Dispose();
            own.Dispose();
        }
    }
}
