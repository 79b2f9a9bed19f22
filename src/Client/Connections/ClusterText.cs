using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Connections;

/// <summary>
/// Names options in the text for people that a cluster sends; see <see cref="OptionNames"/>. The text may contain names that
/// other users gave, so characters that control a terminal are escaped. <see cref="Calls"/> passes every answer through here,
/// so that tables, documents and messages all have the same text.
/// </summary>
internal static class ClusterText
{
    /// <summary>The answer of a call, with options in its problems, remarks, reasons and findings.</summary>
    public static T InOptions<T>(T answer) => answer switch
    {
        SweepProgress progress => (T)(object)Progress(progress),
        ImmutableArray<TrialReport> trials => (T)(object)Trials(trials),
        ImportanceReport report => (T)(object)(report with { Doubt = Text(report.Doubt), Remarks = Texts(report.Remarks) }),
        EvaluationState state => (T)(object)(state with { Problem = Text(state.Problem), Result = Evaluation(state.Result) }),
        _ => answer,
    };

    /// <summary>The error, with options in its message.</summary>
    public static BadInputException InOptions(BadInputException error) => new(Text(error.Message), error);

    private static SweepProgress Progress(SweepProgress progress) => progress with
    {
        Problem = Text(progress.Problem),
        Plan = progress.Plan is { } plan ? plan with { Remarks = Texts(plan.Remarks) } : null,
        WaitingFor = Text(progress.WaitingFor),
        Ended = Trials(progress.Ended),
        LeftOut = Text(progress.LeftOut),
        Stopped = Text(progress.Stopped),
    };

    private static ImmutableArray<TrialReport> Trials(ImmutableArray<TrialReport> trials) =>
        [.. trials.Select(trial => trial with { Why = Text(trial.Why), Result = Result(trial.Result) })];

    private static TrialResult? Result(TrialResult? result) => result is null ? null : result with
    {
        Reason = Text(result.Reason),
        Findings = [.. result.Findings.Select(finding => finding with { Evidence = Text(finding.Evidence), Remedy = Text(finding.Remedy) })],
    };

    private static Evaluation? Evaluation(Evaluation? evaluation) =>
        evaluation is null ? null : evaluation with { Images = evaluation.Images with { Remarks = Texts(evaluation.Images.Remarks) } };

    private static ImmutableArray<string> Texts(ImmutableArray<string> texts) => [.. texts.Select(text => Text(text))];

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Text(string? text) => text is null ? null : OptionNames.InOptions(PlainText.Lines(text));
}
