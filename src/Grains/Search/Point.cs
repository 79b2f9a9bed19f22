using System.Globalization;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Networks;

namespace Siamese.Grains.Search;

/// <summary>A settled combination of values: hyperparameters without a given value have their default, or null if they do not apply.</summary>
/// <param name="Hyperparameters">The hyperparameters to train with.</param>
/// <param name="Unused">Names of the given hyperparameters that do not apply here.</param>
/// <param name="Off">Names of the given hyperparameters whose conditions do not hold here.</param>
/// <param name="Problem">Why it cannot be trained; null if it can.</param>
internal sealed record Point(Hyperparameters Hyperparameters, IReadOnlySet<string> Unused, IReadOnlySet<string> Off, string? Problem)
{
    /// <param name="space">The space, with checked dimensions.</param>
    /// <param name="stated">A value for each of its dimensions, by hyperparameter name.</param>
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
                else if (value is null && !Defaults.MayBeLeftOpen(hyperparameter))
                    unused.Add(hyperparameter.Name);
                else
                    value = own;
            }

            point = hyperparameter.Set(point, value);
        }

        return new Point(point, unused, off, ProblemOf(point));
    }

    private static double LargestEmbedding => Hyperparameter.Named("embedding-size").Range.High;

    private static string? ProblemOf(Hyperparameters h)
    {
        var loss = LossKind.Get(h.Loss);
        if (loss.IsOnSimilarities && h.Distance != loss.DefaultDistance)
            return $"The loss '{h.Loss}' uses cosine similarities and does not support the {h.Distance} distance; use 'distance' {loss.DefaultDistance}, or leave 'distance' out.";
        if (loss.Form is LossForm.Batch && h.Pairing is not Pairing.Batch)
            return $"The loss '{h.Loss}' works on whole batches; use 'pairing' batch.";
        if (loss.Form is not LossForm.Pairs && h.Pairing is Pairing.Neighbours)
            return $"The loss '{h.Loss}' needs classes, and 'pairing' neighbours uses none; use 'loss' contrastive.";
        if (h.RotatedClasses && h.Pairing is Pairing.Neighbours)
            return "'pairing' neighbours uses no classes, so there are none to rotate; use 'rotated-classes' off.";
        var encoder = Encoders.Get(h.Encoder);
        if (h.Freeze > encoder.Stages(h))
        {
            var stages = encoder.Stages(h);
            return stages == 0
                ? $"The encoder '{h.Encoder}' has no stages that can be frozen; leave 'freeze' out."
                : FormattableString.Invariant($"The encoder '{h.Encoder}' has {stages} {(stages == 1 ? "stage" : "stages")} that can be frozen, and 'freeze' is {h.Freeze}; use {stages} or less.");
        }

        if (encoder.FixedWidth(h) is { } width && h.EmbeddingSize != width)
            return FormattableString.Invariant($"The embeddings of the encoder '{h.Encoder}' have {width} numbers; leave 'embedding-size' out.");
        if (encoder.KeepsWidth && h.VectorWidth > LargestEmbedding)
            return FormattableString.Invariant($"The encoder '{h.Encoder}' keeps all {h.VectorWidth} numbers of a vector, and an embedding has at most {LargestEmbedding}; use 'encoder' linear.");
        if (encoder.Takes is InputKinds.Vectors && h.Augment)
            return "Vectors are not changed at random; use 'augment' off, or leave 'augment' out.";
        if (encoder.Takes is InputKinds.Vectors && (h.ShiftedCopies is true || h.RotatedClasses))
            return "Vectors have no pixels to shift or rotate; use 'shifted-copies' off and 'rotated-classes' off.";
        if (h.ShiftedCopies is true && encoder.Takes is InputKinds.Strokes)
            return "Pen strokes have no pixels to shift; use 'shifted-copies' off.";
        if (h.SameTarget <= h.DifferentTarget)
            return FormattableString.Invariant($"'different-target' {h.DifferentTarget} is not below 'same-target' {h.SameTarget}: different pairs must get the smaller cosine.");
        if (h.RotatedClasses && encoder.Takes is InputKinds.Strokes)
            return "Pen strokes cannot be rotated into other classes; use 'rotated-classes' off.";
        if (h.RotatedClasses && h is { InputSize: { } rows, InputWidth: { } columns })
            return FormattableString.Invariant($"Images of {rows}x{columns} cannot be rotated by 90°; use a square 'input-size', or 'rotated-classes' off.");
        var distance = Distance.Get(h.Distance);
        var most = h.Normalize is true ? distance.MaximumOfLengthOne(h.EmbeddingSize) : distance.Maximum;
        if (!loss.IsOnSimilarities && h.Margin > most)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"A margin of {h.Margin} cannot be reached: the {h.Distance} distance{(h.Normalize is true ? " of embeddings of length 1" : "")} is at most {most:G4}; use a smaller margin or another distance.");
        }

        return null;
    }
}
