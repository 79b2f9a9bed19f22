using System.Net;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;
using Siamese.Web.Problems;

namespace Siamese.Web.Limits;

/// <summary>How many requests this silo answers in a minute. Each silo counts for itself.</summary>
/// <param name="time">The time.</param>
internal sealed class RateLimits(TimeProvider time) : IDisposable
{
    /// <summary>Number of wrong keys of one address that the cluster is asked about in a minute.</summary>
    public const int WrongKeysPerMinute = 30;

    /// <summary>More than there can be keys; a key whose bucket is full needs no place.</summary>
    private const int MaximumKeys = 20_000;

    private const int MaximumAddresses = 10_000;

    private readonly Buckets<string> _keys = new(MaximumKeys, time);
    private readonly Buckets<IPAddress> _addresses = new(MaximumAddresses, time);

    /// <summary>Counts a request with a valid key.</summary>
    /// <exception cref="ProblemException">The key has had its number of requests.</exception>
    public void Count(Admission admission)
    {
        if (_keys.Take(admission.Key, admission.PerMinute) is { } wait)
            throw new ProblemException(ProblemKind.TooMany, FormattableString.Invariant($"The key '{admission.Name}' is good for {admission.PerMinute:#,0} requests a minute on each silo, and has had more; send the next one later."), wait);
    }

    /// <summary>Counts a key that has not been valid so far, before the cluster is asked about it.</summary>
    /// <exception cref="ProblemException">The address has sent too many wrong keys.</exception>
    public void CountUnknownKey(IPAddress? from)
    {
        if (_addresses.Take(Name(from), WrongKeysPerMinute) is { } wait)
            throw new ProblemException(ProblemKind.TooMany, FormattableString.Invariant($"Your address has sent more than {WrongKeysPerMinute} wrong keys within a minute; try again later, with a key that an administrator gave you."), wait);
    }

    /// <summary>The key is valid: its address is not guessing.</summary>
    public void ForgetUnknownKeys(IPAddress? from) => _addresses.Fill(Name(from));

    public void Dispose()
    {
        _keys.Dispose();
        _addresses.Dispose();
    }

    private static IPAddress Name(IPAddress? from) => from is null ? IPAddress.None : PeerNetwork.Of(from);
}
