using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Trials;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Listing;

/// <inheritdoc cref="ITrialIndexGrain"/>
/// <remarks>
/// One activation for each silo that is asked, so that most calls stay on it; what is not asked for a while gives its memory back.
/// Reentrant: calls that come in while the sweep is asked share its answers.
/// </remarks>
[StatelessWorker(1), Reentrant, CollectionAgeLimit(Minutes = 5)]
internal sealed class TrialIndexGrain(TimeProvider time) : Grain, ITrialIndexGrain
{
    /// <summary>How often rows are chosen again because trials have changed meanwhile; then the last choice counts.</summary>
    private const int Tries = 3;

    /// <summary>No caller waits longer for an overview.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private TrialIndex _index = new();
    private Task _reading = Task.CompletedTask;
    private Task? _next;

    /// <summary>The last plots and what they are of: each viewer of a page asks for the same.</summary>
    private (TrialIndex Index, int Version, string Question, TrialPlots Plots)? _plots;

    private ISweepTrials Sweep => GrainFactory.GetGrain<ISweepTrials>(this.GetPrimaryKeyString());

    public async Task<TrialPage> GetPage(TrialQuestion question, CancellationToken cancellation)
    {
        var query = new TrialQuery(question);
        var (reports, selected) = await Report(index => index.Select(query), selected => selected.Rows, Timeout.InfiniteTimeSpan, cancellation);
        return PageOf(query, selected, reports);
    }

    public async Task<TrialPage> Find(string start, CancellationToken cancellation)
    {
        var (reports, found) = await Report(index => index.Find(start), found => found.Length == 0 ? [] : found[..1], Timeout.InfiniteTimeSpan, cancellation);
        return new(reports, found.Length, null);
    }

    public async Task<TrialOverview> GetOverview(TrialQuestion question, TimeSpan patience, CancellationToken cancellation)
    {
        BadInputException.ThrowUnless(patience >= TimeSpan.Zero && patience <= _longest, $"'patience': {patience.TotalSeconds} s is not from 0 to {_longest.TotalSeconds} s.");
        var query = new TrialQuery(question);
        var (reports, rows) = await Report(
            index => (
                Page: index.Select(query),
                Best: index.Best(TrialStatus.Completed, TrialOverview.MostBest),
                Apart: TrialOverview.StatesApart.SelectMany(status => index.Best(status, TrialOverview.MostApart)).ToArray(),
                index.Counts,
                index.Differences,
                index.Count,
                index.Trials),
            rows => [.. rows.Page.Rows, .. rows.Best, .. rows.Apart],
            patience,
            cancellation);
        var best = rows.Page.Rows.Length;
        var apart = best + rows.Best.Length;
        return new()
        {
            Page = reports.IsEmpty ? new([], rows.Page.Matching, null) : PageOf(query, rows.Page, reports[..best]),
            Best = reports.IsEmpty ? [] : reports[best..apart],
            Apart = reports.IsEmpty ? [] : reports[apart..],
            Counts = rows.Counts,
            Differences = rows.Differences,
            Known = rows.Count,
            Trials = rows.Trials,
        };
    }

    public async Task<TrialPlots> GetPlots(TrialQuestion question, CancellationToken cancellation)
    {
        var query = new TrialQuery(question);
        await CatchUp(Timeout.InfiniteTimeSpan, cancellation);
        var asked = string.Join('\n', [.. question.States, "", .. question.Where]);
        if (_plots is { } known && (known.Index, known.Version, known.Question) == (_index, _index.Version, asked))
            return known.Plots;
        var (reports, rows) = await Report(index => (Plots: PlotRows.Of(index, query.Conditions), index, index.Version), rows => rows.Plots.All, Timeout.InfiniteTimeSpan, cancellation);
        var plots = rows.Plots.With(reports);
        _plots = (rows.index, rows.Version, asked, plots);
        return plots;
    }

    private static TrialPage PageOf(TrialQuery query, SelectedRows selected, ImmutableArray<TrialReport> reports) => new(reports, selected.Matching, selected.Next is { } next ? query.Order.Write(next) : null);

    /// <summary>
    /// Chooses rows and asks the sweep for reports on them. If a report says something else than the index, the index learns what has
    /// changed, and chooses again.
    /// </summary>
    private async Task<(ImmutableArray<TrialReport> Reports, T Choice)> Report<T>(Func<TrialIndex, T> choose, Func<T, int[]> rowsOf, TimeSpan patience, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            await CatchUp(patience, cancellation);
            var (index, version) = (_index, _index.Version);
            var choice = choose(index);
            var rows = rowsOf(choice);
            ImmutableArray<TrialReport> reports = rows.Length == 0 ? [] : await Sweep.GetReports([.. rows], cancellation);
            if (tries == Tries || (index == _index && version == index.Version && reports.Length == rows.Length && rows.Zip(reports).All(row => index.Agrees(row.First, row.Second))))
                return (reports, choice);
        }
    }

    /// <summary>Learns what has become of the trials. If that takes longer than the caller's patience, it continues after the answer.</summary>
    private async Task CatchUp(TimeSpan patience, CancellationToken cancellation)
    {
        // What is being read may be from before this call.
        var reading = _next ?? (_reading.IsCompleted ? _reading = Read() : _next = ReadAfter(_reading));
        if (patience == Timeout.InfiniteTimeSpan)
        {
            await reading.WaitAsync(cancellation);
            return;
        }

        if (await Task.WhenAny(reading, Task.Delay(patience, time, cancellation)) == reading)
            await reading;
        else
            reading.Ignore();
    }

    private async Task ReadAfter(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        (_reading, _next) = (_next!, null);
        await Read();
    }

    private async Task Read()
    {
        while (true)
        {
            var index = _index;
            var look = await Sweep.LookAtTrials(index.Cursor, CancellationToken.None);
            if (!index.Continues(look))
                _index = index = new();
            index.Apply(look);
            if (look.IsLast)
                return;
        }
    }
}
