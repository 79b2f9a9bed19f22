using Siamese.Client.CommandLine;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Output.Json;

/// <summary>Every sweep, the newest first: the document of `status`.</summary>
internal sealed record BoardDocument(IReadOnlyList<BoardDocument.Posted> Sweeps)
{
    public static BoardDocument Of(IEnumerable<BoardEntry> entries) => new([.. entries.Select(Posted.Of)]);

    /// <summary>One sweep.</summary>
    /// <param name="Drifts">How recent feedback contradicts its ensemble.</param>
    internal sealed record Posted(string Sweep, string Phase, DateTimeOffset SubmittedAt, string? Ensemble, DateTimeOffset? FormedAt, IReadOnlyList<DriftDocument> Drifts)
    {
        public static Posted Of(BoardEntry entry) =>
            new(entry.Sweep, Word.Of(entry.Phase), entry.SubmittedAt, entry.HasEnsemble ? entry.Sweep : null, entry.FormedAt, [.. entry.Drifts.Select(DriftDocument.Of)]);
    }
}
