using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <summary>
/// Loads of an ensemble's members as many as can be had in a short time, for verdicts. One that could not be loaded is left
/// alone for a few seconds, so that verdicts do not all wait for a store that hangs, and is tried again then.
/// </summary>
internal sealed partial class Quorums(MemberCache cache, TimeProvider time, ILogger<Quorums> logger)
{
    /// <summary>Less than a client waits for the answer to its first try.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>After this a member that could not be loaded is tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly ILogger _logger = logger;
    private readonly ConcurrentDictionary<string, (string Reason, long Since)> _failures = [];

    /// <exception cref="NoQuorumException">Too few can be had.</exception>
    public async Task<Quorum> Load(Ensemble ensemble, CancellationToken cancellation)
    {
        var loads = await Task.WhenAll(ensemble.Members.Select(member => Load(member, cancellation)));
        return Quorum.Of(
            ensemble,
            Array.ConvertAll(loads, load => load.Loaded),
            [.. ensemble.Members.Zip(loads).Where(pair => pair.Second.Reason is not null).Select(pair => new AbsentMember(pair.First.Trial, pair.First.Weight, pair.Second.Reason!))]);
    }

    private async Task<(LoadedMember? Loaded, string? Reason)> Load(Member member, CancellationToken cancellation)
    {
        var blob = member.WeightsBlob;
        if (_failures.TryGetValue(blob, out var failure) && time.GetElapsedTime(failure.Since) < Pause)
            return (null, failure.Reason);
        try
        {
            var encoder = await cache.Get(blob, member.Spec.Hyperparameters, Patience, time).AsTask().WaitAsync(cancellation);
            _failures.TryRemove(blob, out _);
            return (new(blob, member.Spec, encoder), null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Whatever a store or a broken file may throw, the other members can speak.
            var reason = e is TimeoutException ? $"not loaded within {Patience.TotalSeconds:0} s" : e.Message.TrimEnd('.');
            _failures[blob] = (reason, time.GetTimestamp());
            LogAbsent(member.Trial, reason);
            return (null, reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Member {Trial} has no part in verdicts for now: {Reason}")]
    private partial void LogAbsent(string trial, string reason);
}
