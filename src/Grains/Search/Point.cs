using System.Globalization;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Distances;
using Siamese.Model.Losses;

namespace Siamese.Grains.Search;

/// <summary>A combination of stated values, settled: with a default for all that was not stated, and null for what does not apply.</summary>
/// <param name="Hyperparameters">What is trained.</param>
/// <param name="Unused">Names of the stated hyperparameters that say nothing here.</param>
/// <param name="Off">Names of the stated hyperparameters whose conditions do not hold here.</param>
/// <param name="Problem">Why it cannot be trained; null where it can.</param>
internal sealed record Point(Hyperparameters Hyperparameters, IReadOnlySet<string> Unused, IReadOnlySet<string> Off, string? Problem)
{
    /// <param name="space">The space, whose dimensions have been checked.</param>
    /// <param name="stated">A value for each of its dimensions, by name of hyperparameter.</param>
    public static Point Settle(SearchSpace space, IReadOnlyDictionary<string, HyperparameterValue> stated)
    {
        var point = new Hyperparameters();
        var (unused, off) = (new HashSet<string>(), new HashSet<string>());
        foreach (var hyperparameter in Hyperparameter.All)
        {
            var value = Defaults.Of(hyperparameter, point);
            if (stated.TryGetValue(hyperparameter.Name, out var own))
            {
                if (!space.Find(hyperparameter.Name)!.IsOn(point))
                    off.Add(hyperparameter.Name);
                else if (value is null)
                    unused.Add(hyperparameter.Name);
                else
                    value = own;
            }

            point = hyperparameter.Set(point, value);
        }

        return new Point(point, unused, off, ProblemOf(point));
    }

    private static string? ProblemOf(Hyperparameters h)
    {
        var loss = LossKind.Get(h.Loss);
        if (loss.IsOnSimilarities && h.Distance != loss.DefaultDistance)
            return $"The loss '{h.Loss}' is on cosine similarities and knows no {h.Distance} distance; use --distances {loss.DefaultDistance}, or leave them out.";
        if (loss.Form is LossForm.Batch && h.Pairing is Pairing.Listed)
            return $"The loss '{h.Loss}' is over whole batches; use --pairing batch.";
        var distance = Distance.Get(h.Distance);
        var most = h.Normalize is true ? distance.MaximumOfLengthOne(h.EmbeddingSize) : distance.Maximum;
        if (!loss.IsOnSimilarities && h.Margin > most)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"A margin of {h.Margin} is beyond the {h.Distance} distance{(h.Normalize is true ? " of embeddings of length 1" : "")}, which is at most {most:G4}; use a smaller margin or another distance.");
        }

        return null;
    }
}
