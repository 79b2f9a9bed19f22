using System.Globalization;
using CsvHelper;
using Siamese.Client.Files;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Commands.Trials;

/// <summary>A table of trials for programs that read CSV (RFC 4180): a column for each hyperparameter, and one for each figure.</summary>
internal static class TrialsCsv
{
    // `epochs` and `loss` are hyperparameters.
    private static readonly string[] _figures =
    [
        "finishedEpochs", "keptEpoch", "seconds", "positives", "negatives", "trainingLoss", "validationEer", "validationAuc", "validationAccuracy", "reason", "findings",
    ];

    public static void Write(TextWriter output, IReadOnlyList<TrialDocument> trials)
    {
        using var writer = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        string[] names = [.. Hyperparameter.All.Select(hyperparameter => hyperparameter.JsonName)];
        Row(writer, ["trial", "status", "reused", "shard", "seed", .. names, .. _figures]);
        foreach (var trial in trials)
        {
            Row(writer,
            [
                trial.Trial, trial.Status, trial.Reused ? "true" : "false", Text(trial.Shard), Text(trial.Seed),
                .. names.Select(name => trial.Hyperparameters[name]?.ToString() ?? ""),
                Text(trial.Epochs), Text(trial.KeptEpoch), Text(trial.Seconds), Text(trial.Positives), Text(trial.Negatives), Text(trial.Losses.LastOrDefault()),
                Text(trial.Validation?.Eer), Text(trial.Validation?.Auc), Text(trial.Validation?.Accuracy),
                SafeCell.OfText(trial.Reason ?? ""), SafeCell.OfText(string.Join("; ", trial.Findings)),
            ]);
        }
    }

    private static void Row(CsvWriter writer, IEnumerable<string> fields)
    {
        foreach (var field in fields)
            writer.WriteField(field);
        writer.EndRecord();
    }

    private static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
