using System.Text.Json;
using Siamese.Contracts;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Requests;

namespace Siamese.Web.Sweeps;

/// <summary>A sweep to submit.</summary>
/// <param name="Space">The search space: for each hyperparameter a value, a list of values, or a range; see search-space.schema.json.</param>
/// <param name="Name">Its id; invented by default.</param>
/// <param name="Data">The data; the built-in `mnist-mini` by default.</param>
/// <param name="Shards">Number of shards that the training images are split into; 1 by default.</param>
/// <param name="Seeds">Seeds that every point is trained with; 1 by default.</param>
/// <param name="Slots">Maximum number of trials to train at once; as many as there are free slots by default.</param>
/// <param name="Retries">Number of times that a failed trial is retried; 2 by default.</param>
/// <param name="Search">How points are chosen: `grid`, `random` or `tpe`; `grid` by default.</param>
/// <param name="Points">Number of points, unless the search is a grid.</param>
/// <param name="SearchSeed">Seed of the choice of points; 1 by default.</param>
/// <param name="Prune">How trials that fall behind are paused: `none`, `median` or `asha`; `none` by default.</param>
/// <param name="UntilEer">Stop when a point has a mean validation EER of at most this, above 0 and below 1.</param>
/// <param name="ForSeconds">Stop this many seconds after training began.</param>
/// <param name="Members">Maximum number of members of its ensemble; 10 by default.</param>
internal sealed record SweepOrder(
    JsonElement Space, string? Name = null, DataDocument? Data = null, int? Shards = null, int[]? Seeds = null, int? Slots = null, int? Retries = null, string? Search = null,
    int? Points = null, int? SearchSeed = null, string? Prune = null, double? UntilEer = null, double? ForSeconds = null, int? Members = null)
{
    /// <exception cref="BadInputException">A value is not valid.</exception>
    public SweepRequest Request()
    {
        var standard = new SweepRequest { Space = new() };
        var request = standard with
        {
            Space = SpaceDocument.Read(Space),
            Data = Data?.Source() ?? standard.Data,
            Shards = Shards ?? standard.Shards,
            Seeds = Seeds is null ? standard.Seeds : [.. Seeds],
            Slots = Slots,
            Retries = Retries ?? standard.Retries,
            Search = Search is null ? standard.Search : Words.Read<SearchKind>("'search'", Search),
            Points = Points,
            SearchSeed = SearchSeed ?? standard.SearchSeed,
            Prune = Prune is null ? standard.Prune : Words.Read<PruneKind>("'prune'", Prune),
            Stop = Stops.Read(UntilEer, ForSeconds),
            Members = Members ?? standard.Members,
        };
        request.Check();
        return request;
    }
}
