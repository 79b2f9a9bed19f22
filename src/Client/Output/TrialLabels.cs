using Siamese.Client.CommandLine;
using Siamese.Contracts.Training;

namespace Siamese.Client.Output;

/// <summary>Tells the trials of a sweep apart by the hyperparameters in which they differ.</summary>
internal sealed class TrialLabels
{
    /// <summary>Every hyperparameter, with shard and seed, as a heading and how to write its value.</summary>
    public static readonly IReadOnlyList<(string Heading, Func<TrialSpec, string> Write)> All =
    [
        ("encoder", s => s.Hyperparameters.Encoder),
        ("size", s => $"{s.Hyperparameters.EmbeddingSize}"),
        ("distance", s => s.Hyperparameters.Distance),
        ("loss", s => s.Hyperparameters.Loss),
        ("margin", s => Figures.Number(s.Hyperparameters.Margin)),
        ("pairing", s => Word.Of(s.Hyperparameters.Pairing)),
        ("pairs", s => s.Hyperparameters.Pairs is { } pairs ? Figures.Count(pairs) : Figures.None),
        ("batch", s => $"{s.Hyperparameters.BatchSize}"),
        ("balance", s => Figures.Number(s.Hyperparameters.Balance)),
        ("rate", s => Figures.Number(s.Hyperparameters.LearningRate)),
        ("schedule", s => Word.Of(s.Hyperparameters.Schedule)),
        ("augment", s => Word.Of(s.Hyperparameters.Augment ? Switch.On : Switch.Off)),
        ("epochs", s => $"{s.Hyperparameters.Epochs}"),
        ("shard", s => s.Shards == 1 ? Figures.None : $"{s.Shard + 1}/{s.Shards}"),
        ("seed", s => $"{s.Seed}"),
    ];

    /// <param name="trials">Every trial of the sweep, as far as they are known.</param>
    public TrialLabels(IReadOnlyCollection<TrialSpec> trials)
    {
        Varying = [.. All.Where(label => trials.Select(label.Write).Distinct().Skip(1).Any())];
        Common = trials.Count == 0
            ? ""
            : string.Join(", ", All.Except(Varying).Select(label => (label.Heading, Value: label.Write(trials.First())))
                .Where(label => label.Value != Figures.None)
                .Select(label => $"{label.Heading} {label.Value}"));
    }

    /// <summary>Those that are not the same in every trial.</summary>
    public IReadOnlyList<(string Heading, Func<TrialSpec, string> Write)> Varying { get; }

    /// <summary>Those that are, in words: `encoder conv, size 32, …`.</summary>
    public string Common { get; }

    /// <summary>As `3fa94c21 margin 2, seed 1`.</summary>
    public string Of(string trial, TrialSpec spec) =>
        $"{Figures.ShortId(trial)} {string.Join(", ", Varying.Select(label => $"{label.Heading} {label.Write(spec)}"))}".TrimEnd();
}
