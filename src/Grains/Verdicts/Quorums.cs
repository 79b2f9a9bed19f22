using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Members;
using Siamese.Model.Ensembles;

namespace Siamese.Grains.Verdicts;

/// <summary>
/// Loads as many of an ensemble's members as possible within a short time, for verdicts. A member that could not be loaded
/// is not tried again for a few seconds, so that verdicts do not all wait for a store that hangs.
/// </summary>
internal sealed partial class Quorums(MemberCache cache, TimeProvider time, ILogger<Quorums> logger)
{
    /// <summary>Shorter than a client waits for the answer to its first try.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>How long a member that could not be loaded is left out before it is tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly ILogger _logger = logger;
    private readonly ConcurrentDictionary<string, (string Reason, long Since)> _failures = [];

    /// <exception cref="NoQuorumException">Too few members can be loaded.</exception>
    public async Task<Quorum> Load(Ensemble ensemble, CancellationToken cancellation)
    {
        var loads = await Task.WhenAll(ensemble.Members.Select(member => Load(member, cancellation)));
        return Quorum.Of(
            ensemble,
            Array.ConvertAll(loads, load => load.Loaded),
            [.. ensemble.Members.Zip(loads).Where(pair => pair.Second.Reason is not null).Select(pair => new AbsentMember(pair.First.Trial, pair.First.Weight, pair.Second.Reason!))]);
    }

    /// <summary>The same for what there is as only one of the kinds that the ensemble takes: members that take the other kind count as absent.</summary>
    /// <inheritdoc cref="Load(Ensemble, CancellationToken)"/>
    public async Task<Quorum> Load(Ensemble ensemble, InputKinds kinds, CancellationToken cancellation) =>
        EnsembleParts.InputsOf(ensemble) is InputKinds.Both && kinds is not InputKinds.Both
            ? (await Load(EnsembleParts.Only(ensemble, kinds), cancellation)).WithAbsent(ensemble, kinds)
            : await Load(ensemble, cancellation);

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
            // Whatever a store or a broken file throws, the other members can still answer.
            var reason = e is TimeoutException ? $"not loaded within {Patience.TotalSeconds:0} s" : e.Message.TrimEnd('.');
            _failures[blob] = (reason, time.GetTimestamp());
            LogAbsent(member.Trial, reason);
            return (null, reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Member {Trial} is left out of verdicts for now: {Reason}")]
    private partial void LogAbsent(string trial, string reason);
}

/// <summary>The part of an ensemble that can be used now.</summary>
/// <param name="Ensemble">The ensemble with only those members, its weights rescaled to sum to 1.</param>
/// <param name="Members">Those members, loaded, in the same order.</param>
/// <param name="Absent">The other members.</param>
internal sealed record Quorum(Ensemble Ensemble, ImmutableArray<LoadedMember> Members, ImmutableArray<AbsentMember> Absent)
{
    /// <summary>The same for a part of an ensemble: its other members count as absent.</summary>
    /// <param name="whole">The ensemble.</param>
    /// <param name="kinds">What a pair is there as; members that take something else are the others.</param>
    public Quorum WithAbsent(Ensemble whole, InputKinds kinds) => this with
    {
        Absent =
        [
            .. Absent,
            .. whole.Members.Where(member => !kinds.HasFlag(EnsembleParts.InputOf(member)))
                .Select(member => new AbsentMember(member.Trial, member.Weight, $"it takes {(EnsembleParts.InputOf(member) is InputKinds.Strokes ? "pen strokes" : "images")}, which are missing here")),
        ],
    };

    /// <summary>
    /// Members with more than half of the weight can answer for the ensemble. Threshold and calibration stay the same: each
    /// distance is in units of its member's own threshold, so the mean over fewer members is on the same scale.
    /// </summary>
    /// <param name="ensemble">The whole ensemble.</param>
    /// <param name="loaded">Its members in their order; null for one that could not be loaded.</param>
    /// <param name="absent">The members that could not be loaded, with the reason.</param>
    /// <exception cref="NoQuorumException">The loaded members have half of the weight or less.</exception>
    public static Quorum Of(Ensemble ensemble, IReadOnlyList<LoadedMember?> loaded, ImmutableArray<AbsentMember> absent)
    {
        if (absent.IsEmpty)
            return new(ensemble, [.. loaded!], absent);
        Member[] present = [.. ensemble.Members.Where((_, m) => loaded[m] is not null)];
        var weight = present.Sum(member => member.Weight);
        var whole = ensemble.Members.Sum(member => member.Weight);
        if (weight <= whole / 2)
        {
            throw new NoQuorumException(
                $"Ensemble {ensemble.Name} cannot give a verdict now: {absent.Length} of its {ensemble.Members.Length} members cannot be loaded, and a verdict needs members with more than half of the weight. "
                + $"Check the store and ask again. {string.Join("; ", absent.Select(member => $"{member.Trial[..8]}: {member.Reason}"))}");
        }

        return new(EnsembleParts.Of(ensemble, present), [.. loaded.OfType<LoadedMember>()], absent);
    }
}
