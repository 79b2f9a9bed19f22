using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Losses;

namespace Siamese.Model.Training;

/// <summary>
/// Checks how a trial was trained and reports problems, with evidence and something to try. Pure. Extra measurements are made
/// only on suspicion.
/// </summary>
internal sealed class Watchdog(Hyperparameters hyperparameters)
{
    /// <summary>Embeddings have collapsed to a point if the mean distance of *different* pairs is below this share of the expected spread.</summary>
    private const double CollapsedShare = 0.02;

    /// <summary>An AUC below this is so close to chance that the trial would not improve any ensemble.</summary>
    private const double ChanceAuc = 0.6;

    /// <summary>An AUC below this before training means worse than chance.</summary>
    private const double SwappedAuc = 0.45;

    /// <summary>Below this share of a list, the rarer kind of pairs has no effect on training. In batches, each kind keeps its weight.</summary>
    private const double OneSidedShare = 0.02;

    /// <summary>A difference this large, and a ratio this large, is more than having few examples explains.</summary>
    private const double MemorisedGap = 0.03;
    private const double MemorisedFactor = 4;

    /// <summary>A loss that decreased by less than a tenth has not converged, unless the EER is low anyway.</summary>
    private const double UnmovedShare = 0.9;
    private const double UnmovedEer = 0.2;

    /// <summary>No recipe that is known to work has a higher rate.</summary>
    private const double HighestRate = 0.01;

    /// <summary>The learning rate to try if this one is too high.</summary>
    private double LowerRate => Math.Min(hyperparameters.LearningRate / 10, HighestRate);

    /// <summary>The distance that training pushes *different* pairs to: the margin, or the middle of the cosine distance's range for a loss on similarities.</summary>
    public double ExpectedSpread => LossKind.Get(hyperparameters.Loss).IsOnSimilarities ? 1 : hyperparameters.Margin ?? 1;

    /// <summary>Loss or embeddings are not finite.</summary>
    /// <param name="epoch">The epoch in which it happened.</param>
    /// <param name="reports">The epochs before it.</param>
    public Finding Diverged(int epoch, IReadOnlyList<EpochReport> reports)
    {
        var before = reports.Count > 0 ? Text($", the loss was {reports[^1].Loss:G2} before") : "";
        return new(FindingKind.Diverged, Text($"loss or embeddings are not finite in epoch {epoch}{before}"), Text($"try a learning rate of {LowerRate:G2}"));
    }

    /// <summary>Problems of a trial that was trained to its end. Problems that make it unusable come first.</summary>
    /// <param name="reports">Its epochs.</param>
    /// <param name="sums">The pairs of its last epoch.</param>
    /// <param name="validation">Metrics of its final weights.</param>
    /// <param name="untrainedAuc">Measures the AUC of the untrained encoder on validation pairs.</param>
    /// <param name="trainingEer">Measures the EER on training images without augmentation.</param>
    public IReadOnlyList<Finding> Look(
        IReadOnlyList<EpochReport> reports, EpochSums sums, PairMetrics validation, Func<double> untrainedAuc, Func<double> trainingEer)
    {
        var findings = new List<Finding>();
        if (Collapse(reports, sums) is { } collapse)
            findings.Add(collapse);
        // A collapse already explains a chance-level AUC. Without labels in training, classes need not be apart.
        if (hyperparameters.Pairing is not Pairing.Neighbours && Chance(validation, untrainedAuc) is { } chance && (findings.Count == 0 || chance.Kind is FindingKind.SwappedLabels))
            findings.Add(chance);
        if (OneSided(sums) is { } oneSided)
            findings.Add(oneSided);
        if (findings.Count == 0 && Convergence(reports, validation) is { } convergence)
            findings.Add(convergence);
        if (findings.Count == 0 && Memorising(validation, trainingEer) is { } memorising)
            findings.Add(memorising);
        return findings;
    }

    /// <summary>Whether a trial with such a finding must not become a member.</summary>
    public static bool IsUnusable(FindingKind kind) =>
        kind is FindingKind.Collapsed or FindingKind.Diverged or FindingKind.SwappedLabels or FindingKind.NoBetterThanChance;

    private Finding? Collapse(IReadOnlyList<EpochReport> reports, EpochSums sums)
    {
        if (!IsCollapsed(reports[^1]))
            return null;
        var since = reports.Count - reports.Reverse().TakeWhile(IsCollapsed).Count() + 1;
        var remedy = IsOneSided(sums) && sums.Negatives < sums.Positives || hyperparameters.Balance is 0
            ? "try more different pairs, for example 'balance' 0.5"
            : hyperparameters.Mining == "batch-hard"
                ? "try 'mining' semi-hard, or a lower learning rate"
                : Text($"try a margin above {hyperparameters.Margin ?? 1:G2}, or a learning rate of {LowerRate:G2}");
        return new(FindingKind.Collapsed, Text($"spread {reports[^1].Spread:G2} of expected {ExpectedSpread:G2} since epoch {since}"), remedy);
    }

    private bool IsCollapsed(EpochReport report) => report.Spread < CollapsedShare * ExpectedSpread;

    private static Finding? Chance(PairMetrics validation, Func<double> untrainedAuc)
    {
        if (validation.Auc >= ChanceAuc)
            return null;
        var untrained = untrainedAuc();
        return untrained < SwappedAuc
            ? new(
                FindingKind.SwappedLabels,
                Text($"before training, same pairs were farther apart than different ones (AUC {untrained:F3}), and training did not fix it (AUC {validation.Auc:F3})"),
                "check what a 1 in the pairs means: 'label-means' same or different")
            : new(FindingKind.NoBetterThanChance, Text($"validation AUC {validation.Auc:F3}"), "check the labels, or train longer");
    }

    private Finding? OneSided(EpochSums sums)
    {
        if (IsOneSided(sums))
        {
            var rarer = sums.Positives < sums.Negatives ? "same" : "different";
            var count = Math.Min(sums.Positives, sums.Negatives);
            var remedy = hyperparameters.Pairing switch
            {
                Pairing.Listed => "try 'balance' 0.5",
                Pairing.Batch => "try larger batches, or more images per class",
                _ => "try larger batches, or fewer 'neighbours'",
            };
            return new(FindingKind.OneSidedPairs, Text($"{count:N0} of {sums.Positives + sums.Negatives:N0} training pairs per epoch are {rarer}"), remedy);
        }

        return hyperparameters is { Pairing: not Pairing.Listed, Balance: 0 or 1 }
            ? new(FindingKind.OneSidedPairs, Text($"{(hyperparameters.Balance == 0 ? "different" : "same")} pairs have no weight in the loss"), "try 'balance' 0.5")
            : null;
    }

    private bool IsOneSided(EpochSums sums)
    {
        var rarer = Math.Min(sums.Positives, sums.Negatives);
        return hyperparameters.Pairing is Pairing.Listed ? rarer < OneSidedShare * (sums.Positives + sums.Negatives) : rarer == 0;
    }

    private static Finding? Convergence(IReadOnlyList<EpochReport> reports, PairMetrics validation)
    {
        var (first, last) = (reports[0], reports[^1]);
        return reports.Count > 1 && last.Loss > UnmovedShare * first.Loss && validation.Eer > UnmovedEer
            ? new(
                FindingKind.NoConvergence,
                Text($"training loss {first.Loss:G3} in epoch 1 and {last.Loss:G3} in epoch {last.Epoch}, validation EER {validation.Eer:P1}"),
                "try another learning rate, or more epochs")
            : null;
    }

    private Finding? Memorising(PairMetrics validation, Func<double> trainingEer)
    {
        if (validation.Eer <= MemorisedGap)
            return null;
        var training = trainingEer();
        return validation.Eer - training > MemorisedGap && validation.Eer > MemorisedFactor * training
            ? new(FindingKind.Memorising, Text($"EER {training:P1} on training images, {validation.Eer:P1} on validation images"), $"try {(hyperparameters.VectorWidth is null ? "'augment' on, " : "")}a weight decay, or more data")
            : null;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
