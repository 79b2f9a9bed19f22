using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Proposers;

/// <summary>A search whose points depend on earlier results. Pure: the same history gives the same next point.</summary>
/// <param name="unit">The space.</param>
/// <param name="proposer">Proposes places in it.</param>
/// <param name="problem">Why a point cannot be trained on the sweep's data; null if it can.</param>
internal sealed class AdaptiveSearch(UnitSpace unit, IProposer proposer, Func<Hyperparameters, string?> problem)
{
    /// <summary>The next point to train; null if the space has no new point.</summary>
    /// <param name="made">The proposals so far.</param>
    /// <param name="values">The result of each proposal; null if it is not known yet.</param>
    public Proposal? Next(IReadOnlyList<Proposal> made, IReadOnlyList<double?> values)
    {
        var known = new Selection();
        foreach (var proposal in made)
            known.Add(proposal.Point, problem: null);
        Observation[] seen = [.. made.Zip(values, (proposal, value) => new Observation(unit.PlaceOf(proposal.Point), value))];
        var number = made.Sum(proposal => 1 + proposal.Invalid + proposal.Duplicates);
        for (var inVain = 0; inVain < SpaceSearch.MostInVain; inVain++)
        {
            var point = unit.At(proposer.Propose(number + inVain, seen));
            if (known.Add(point.Hyperparameters, point.Problem ?? problem(point.Hyperparameters)))
                return new Proposal(point.Hyperparameters, known.Invalid, known.WhyInvalid, known.Duplicates);
        }

        return null;
    }

    /// <summary>Summarizes a search.</summary>
    public static Expansion ToExpansion(IReadOnlyCollection<Proposal> made) => new(
        [.. made.Select(proposal => proposal.Point)],
        made.Sum(proposal => proposal.Invalid),
        made.Select(proposal => proposal.WhyInvalid).FirstOrDefault(why => why is not null),
        made.Sum(proposal => proposal.Duplicates));
}
