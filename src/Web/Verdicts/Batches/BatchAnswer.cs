using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Problems;

namespace Siamese.Web.Verdicts.Batches;

/// <summary>The answer to one line of a batch. Images that are kept or forgotten have none, unless that fails.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Verdict">The verdict on the pair; left out if there is a problem.</param>
/// <param name="Problem">What is wrong with the line; left out if there is a verdict.</param>
internal sealed record BatchAnswer(long Line, VerdictDocument? Verdict = null, ProblemDetails? Problem = null)
{
    public static BatchAnswer Of(long line, PairVerdict answer) => answer.Verdict is { } verdict
        ? new(line, VerdictDocument.Of(verdict), null)
        : new(line, null, Problems.Problem.Of(ProblemKind.Invalid, JsonNames.InJson(answer.Problem!)));

    /// <summary>Writes answers, one to a line.</summary>
    public static void Write(PipeWriter output, IEnumerable<BatchAnswer> answers)
    {
        using var json = new Utf8JsonWriter(output);
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteNumber("line", answer.Line);
            json.WritePropertyName(answer.Verdict is null ? "problem" : "verdict");
            if (answer.Verdict is { } verdict)
                JsonSerializer.Serialize(json, verdict, JsonSerializerOptions.Web);
            else
                JsonSerializer.Serialize(json, answer.Problem, JsonSerializerOptions.Web);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            "\n"u8.CopyTo(output.GetSpan(1));
            output.Advance(1);
        }
    }
}
