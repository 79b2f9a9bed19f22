using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Page.Sweeps;

/// <summary>Which trials of a sweep a page shows, and in which order: all of it is in the page's address.</summary>
/// <param name="States">Their states.</param>
/// <param name="Where">Conditions on hyperparameters, as the API takes them, separated by spaces.</param>
/// <param name="Sort">The order, as the API takes it.</param>
public sealed record TrialFilter(IReadOnlyList<string> States, string Where, string Sort)
{
    /// <summary>The order of a sweep's best trials.</summary>
    public const string UsualSort = "eer";

    /// <summary>Trials that went well. The others have a place of their own.</summary>
    public static readonly IReadOnlyList<string> UsualStates = [Words.Of(TrialStatus.Completed), Words.Of(TrialStatus.Running), Words.Of(TrialStatus.Waiting)];

    /// <summary>Every condition.</summary>
    public string[] Conditions => Where.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <param name="states">The states in the address; null or none for the usual ones.</param>
    /// <param name="where">The conditions in the address.</param>
    /// <param name="sort">The order in the address.</param>
    public static TrialFilter Of(string[]? states, string? where, string sort) => new(states is { Length: > 0 } ? states : UsualStates, where ?? "", sort);

    /// <summary>The query of an address that shows the same trials.</summary>
    /// <param name="sort">In this order.</param>
    /// <param name="after">Those after this place; null for the first.</param>
    public string Query(string? sort = null, string? after = null)
    {
        List<(string Name, string Value)> parts = [];
        if (!States.SequenceEqual(UsualStates))
            parts.AddRange(States.Select(state => ("state", state)));
        if (Where.Length > 0)
            parts.Add(("where", Where));
        if ((sort ?? Sort) is var order && order != UsualSort)
            parts.Add(("sort", order));
        if (after is not null)
            parts.Add(("after", after));
        return parts.Count == 0 ? "" : $"?{string.Join('&', parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"))}";
    }
}
