using Siamese.Contracts.Backbones;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Wording;

/// <summary>Tells the trials of a sweep apart by the hyperparameters in which they differ.</summary>
public sealed class TrialLabels
{
    private static readonly HashSet<string> _always =
    [
        "encoder", "embedding-size", "distance", "loss", "margin", "pairing", "pairs", "batch-size", "balance", "learning-rate",
        "schedule", "augment", "epochs",
    ];

    private static readonly Hyperparameters _ordinary = new();

    /// <summary>Every hyperparameter, with shard and seed, as a heading and how to write its value.</summary>
    public static readonly IReadOnlyList<(string Heading, Func<TrialSpec, string> Write)> All =
    [
        .. Hyperparameter.All.Select(h => (h.Heading, (Func<TrialSpec, string>)(s => Write(h.Get(s.Hyperparameters))))),
        ("shard", s => s.Shards == 1 ? Figures.None : $"{s.Shard + 1}/{s.Shards}"),
        ("seed", s => $"{s.Seed}"),
    ];

    /// <summary>Rarely changed hyperparameters and their default values; shown only if changed.</summary>
    private static readonly Dictionary<string, string> _unsaid =
        Hyperparameter.All.Where(h => !_always.Contains(h.Name)).ToDictionary(h => h.Heading, h => Write(h.Get(_ordinary)));

    /// <param name="trials">Every trial of the sweep that is known so far.</param>
    public TrialLabels(IReadOnlyCollection<TrialSpec> trials)
    {
        Varying = [.. All.Where(label => trials.Select(trial => Said(label, trial)).Distinct().Skip(1).Any())];
        Common = trials.Count == 0
            ? ""
            : string.Join(", ", All.Except(Varying).Select(label => (label.Heading, Value: label.Write(trials.First())))
                .Where(label => label.Value != Figures.None && label.Value != _unsaid.GetValueOrDefault(label.Heading))
                .Select(label => $"{label.Heading} {label.Value}"));
    }

    /// <summary>Labels of trials that differ in these headings, and in nothing else.</summary>
    /// <param name="headings">Headings of <see cref="All"/>.</param>
    public TrialLabels(IReadOnlySet<string> headings) => (Varying, Common) = ([.. All.Where(label => headings.Contains(label.Heading))], "");

    /// <summary>Labels that differ between trials.</summary>
    public IReadOnlyList<(string Heading, Func<TrialSpec, string> Write)> Varying { get; }

    /// <summary>Labels that are the same in every trial, in words: `encoder conv, size 32, …`.</summary>
    public string Common { get; }

    /// <summary>As `3fa94c21 margin 2, seed 1`.</summary>
    public string Of(string trial, TrialSpec spec) =>
        $"{Figures.ShortId(trial)} {ValuesOf(spec)}".TrimEnd();

    /// <summary>As `margin 2, seed 1`; empty if nothing varies.</summary>
    /// <param name="isWanted">Which headings are wanted; null for all.</param>
    public string ValuesOf(TrialSpec spec, Func<string, bool>? isWanted = null) => string.Join(
        ", ",
        Varying.Where(label => isWanted?.Invoke(label.Heading) ?? true).Select(label => (label.Heading, Value: label.Write(spec))).Where(label => label.Value != Figures.None).Select(label => $"{label.Heading} {label.Value}"));

    /// <summary>Treats a hidden default like a value that does not apply.</summary>
    private static string Said((string Heading, Func<TrialSpec, string> Write) label, TrialSpec trial) =>
        label.Write(trial) is var value && value == _unsaid.GetValueOrDefault(label.Heading) ? Figures.None : value;

    /// <summary>The value as tables show it.</summary>
    public static string Write(HyperparameterValue? value) => value switch
    {
        null => Figures.None,
        // The hash of weights.
        { Word: { Length: 64 } hash } => Figures.ShortId(hash),
        { Word: { } word } => BackboneName.InTables(word),
        { Number: >= 1000 and var number } when double.IsInteger(number) => Figures.Count((long)number),
        { Number: var number } => Figures.Number(number),
    };
}
