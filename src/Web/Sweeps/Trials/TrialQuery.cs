using Siamese.Contracts;
using Siamese.Contracts.Trials;

namespace Siamese.Web.Sweeps.Trials;

/// <summary>Some of the trials that were asked for.</summary>
/// <param name="Trials">In the order that was asked for.</param>
/// <param name="Matching">Number of trials that were asked for, on all pages.</param>
/// <param name="Next">What to ask for to get the next page; null if this is the last.</param>
internal sealed record TrialPage(IReadOnlyList<TrialReport> Trials, int Matching, string? Next);

/// <summary>Asks for some trials of a sweep, page by page.</summary>
internal sealed class TrialQuery
{
    private const int LargestPage = 1000;

    private readonly Func<TrialReport, bool> _isAsked;
    private readonly TrialOrder _order;
    private readonly TrialOrder.Place? _start;
    private readonly int _limit;

    /// <param name="states">As for <see cref="TrialConditions.Read(string[], string[])"/>.</param>
    /// <param name="values">As for <see cref="TrialConditions.Read(string[], string[])"/>.</param>
    /// <param name="sort">As for <see cref="TrialOrder"/>.</param>
    /// <param name="limit">Maximum number of trials on a page.</param>
    /// <param name="after">The <see cref="TrialPage.Next"/> of the page before; null for the first.</param>
    /// <exception cref="BadInputException">One of them is not valid.</exception>
    public TrialQuery(string[] states, string[] values, string sort, int limit, string? after)
    {
        BadInputException.ThrowUnless(limit is >= 1 and <= LargestPage, $"'limit': {limit} is not from 1 to {LargestPage}.");
        (_isAsked, _order, _limit) = (TrialConditions.Read(states, values), new TrialOrder(sort), limit);
        _start = after is null ? null : _order.Read(after);
    }

    /// <param name="trials">Every trial of the sweep.</param>
    public TrialPage PageOf(IEnumerable<TrialReport> trials)
    {
        var matching = trials.Where(_isAsked).Select(trial => (Trial: trial, Place: _order.PlaceOf(trial))).ToArray();
        var page = matching.Where(trial => _start is null || _order.Compare(trial.Place, _start) > 0).OrderBy(trial => trial.Place, _order).Take(_limit + 1).ToArray();
        return new([.. page.Take(_limit).Select(trial => trial.Trial)], matching.Length, page.Length > _limit ? _order.Write(page[_limit - 1].Place) : null);
    }
}
