using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Networks;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// Every combination of a search space's values. Each value of each list must change the trials that it is in, or the
/// space is refused: a sweep over something that makes no difference is a mistake that costs hours.
/// </summary>
internal static class GridSearch
{
    private static readonly Hyperparameters _default = new();

    /// <summary>Length of the list of pairs where none is stated: the article's.</summary>
    private const int DefaultPairs = 8000;

    /// <summary>The points of the space, in the order of its lists.</summary>
    /// <exception cref="BadInputException">A value is out of range, unknown, listed twice, or makes no difference.</exception>
    public static ImmutableArray<Hyperparameters> Expand(SearchSpace space)
    {
        Ranges.Check(space);
        var points =
            from encoder in Values(space.Encoders, _default.Encoder)
            from size in Values(space.EmbeddingSizes, _default.EmbeddingSize)
            from distance in Values(space.Distances, _default.Distance)
            from loss in Values(space.Losses, _default.Loss)
            from pairing in Values(space.Pairings, _default.Pairing)
            from margin in Margins(space, loss, distance)
            from batch in Values(space.BatchSizes, _default.BatchSize)
            from balance in Balances(space, loss)
            from rate in Values(space.LearningRates, _default.LearningRate)
            select new Hyperparameters
            {
                Encoder = Encoders.Find(encoder)?.Name ?? throw Unknown("encoder", encoder, Encoders.All.Select(e => e.Name)),
                EmbeddingSize = size,
                Distance = distance,
                Loss = loss,
                Margin = margin,
                Pairing = pairing,
                Pairs = pairing is Pairing.Listed ? space.Pairs ?? DefaultPairs : null,
                BatchSize = batch,
                Balance = balance,
                LearningRate = rate,
                Schedule = space.Schedule ?? _default.Schedule,
                Augment = space.Augment ?? _default.Augment,
                Epochs = space.Epochs ?? _default.Epochs,
            };
        CheckList(space);
        return [.. points];
    }

    private static void CheckList(SearchSpace space)
    {
        if (space.Pairings.Contains(Pairing.Listed))
        {
            var pairs = space.Pairs ?? DefaultPairs;
            if (space.BatchSizes.Length > 1 && space.BatchSizes.Max() is var batch && batch > pairs)
                throw new BadInputException($"A batch of {batch} pairs is more than the {pairs} of the list, so its size would change nothing; use smaller --batch-sizes or more pairs.");
        }
        else if (space.Pairs is not null)
        {
            throw new BadInputException("A number of pairs says nothing with batch pairing, which uses every pair of a batch; leave out --pairs or add --pairing listed.");
        }
    }

    private static ImmutableArray<T> Values<T>(ImmutableArray<T> stated, T fallback) => stated.IsEmpty ? [fallback] : stated;

    private static IEnumerable<double?> Margins(SearchSpace space, string lossName, string distanceName)
    {
        var loss = LossKind.Find(lossName) ?? throw Unknown("loss", lossName, LossKind.All.Select(l => l.Name));
        var distance = Distance.Find(distanceName) ?? throw Unknown("distance", distanceName, Distance.All.Select(d => d.Name));
        if (space.Margins.IsEmpty)
            return [loss.DefaultMargin(distance)];
        if (!loss.HasMargin)
            throw new BadInputException($"The loss '{lossName}' has no margin, so --margins would change nothing; leave it out or sweep another loss.");
        if (space.Margins.FirstOrDefault(m => m > distance.Maximum) is > 0 and var beyond)
        {
            throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"A margin of {beyond} is beyond the {distanceName} distance, which is at most {distance.Maximum}; use a smaller margin or another distance."));
        }

        return space.Margins.Select(m => (double?)m);
    }

    private static IEnumerable<double?> Balances(SearchSpace space, string lossName)
    {
        if (!LossKind.Find(lossName)!.IsOnTriplets)
            return Values(space.Balances, _default.Balance!.Value).Select(b => (double?)(b + 0.0)); // Makes 0 of −0, which is the same training.
        return space.Balances.IsEmpty
            ? [null]
            : throw new BadInputException($"The loss '{lossName}' is on triplets, which hold one same and one different pair each, so --balances would change nothing; leave it out or sweep another loss.");
    }

    private static BadInputException Unknown(string what, string name, IEnumerable<string> known) =>
        new($"There is no {what} '{name}'; there are {string.Join(", ", known)}.");
}
