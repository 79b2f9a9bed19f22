using System.Text.Json;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

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

/// <summary>An uploaded data set, and what it means.</summary>
/// <param name="Manifest">SHA-256 of the manifest of its upload; the built-in `mnist-mini` if none is stated.</param>
/// <param name="Name">What to call it.</param>
/// <param name="SplitBy">What is kept apart between training, validation and test: `image`, `class` or `group`; `image` by default.</param>
/// <param name="LabelMeans">What a 1 in a list of pairs means: `same` or `different`.</param>
/// <param name="FoldersAre">What the folders in a folder of images are.</param>
/// <param name="ClassFrom">Place of the class in an image's name.</param>
/// <param name="SkipUnreadable">Whether files with problems are left out.</param>
/// <param name="Inputs">Whether the items are `images`, `strokes` or `both`.</param>
internal sealed record DataDocument(
    string? Manifest = null, string? Name = null, string? SplitBy = null, string? LabelMeans = null, string? FoldersAre = null, string? ClassFrom = null, bool SkipUnreadable = false, string? Inputs = null)
{
    /// <exception cref="BadInputException">A value is not valid.</exception>
    public DataSource Source()
    {
        var source = new DataSource
        {
            Manifest = Manifest,
            Name = Name ?? Manifest,
            SplitBy = SplitBy is null ? default : Words.Read<SplitBy>("'splitBy'", SplitBy),
            LabelMeans = LabelMeans is null ? null : Words.Read<Contracts.Pairs.Relation>("'labelMeans'", LabelMeans),
            FoldersAre = FoldersAre is null ? null : Words.Read<FoldersAre>("'foldersAre'", FoldersAre),
            ClassFrom = ClassFrom,
            SkipsUnreadable = SkipUnreadable,
            Inputs = Inputs is null ? null : Words.Read<InputKinds>("'inputs'", Inputs),
        };
        source.Check();
        return source;
    }
}
