using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Verdicts.Batches;

/// <summary>Judges the pairs of chunks.</summary>
/// <param name="ensemble">The ensemble.</param>
/// <param name="terms">How to judge, with one version for all.</param>
/// <param name="calls">Calls the ensemble.</param>
/// <param name="log">Logs what nobody expected.</param>
/// <param name="time">The time.</param>
internal sealed class BatchJudge(string ensemble, VerdictTerms terms, GrainCalls calls, IProblemLog log, TimeProvider time)
{
    /// <summary>How long a chunk waits for a silo that is busy. Meanwhile nothing more is read.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    /// <summary>What to answer for each line of the chunk; a failure of the whole call is the answer for each of its pairs.</summary>
    public async Task<IReadOnlyList<BatchAnswer>> Judge(BatchChunk chunk)
    {
        var (verdicts, failure) = await Verdicts(chunk);
        var next = 0;
        return [.. chunk.Answers.Select(answer => (answer.Problem ?? failure) is { } problem ? new BatchAnswer(answer.Line, null, problem) : BatchAnswer.Of(answer.Line, verdicts[next++]))];
    }

    private async Task<(IReadOnlyList<PairVerdict> Verdicts, ProblemDetails? Failure)> Verdicts(BatchChunk chunk)
    {
        if (chunk.Pairs.IsEmpty)
            return ([], null);
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return (await calls.Make((grains, cancellation) => grains.GetGrain<IVerdictGrain>(ensemble).JudgeAll(chunk.Images, chunk.Pairs, terms, cancellation)), null);
            }
            catch (BusyException busy) when (time.GetElapsedTime(began) < _patience)
            {
                // Not all at the same time.
                await Task.Delay(busy.RetryAfter * (RandomNumberGenerator.GetInt32(50, 150) / 100.0), time, calls.Ended);
            }
            catch (Exception e) when (!calls.Ended.IsCancellationRequested)
            {
                var failure = Failure.Of(e);
                if (failure.Kind == ProblemKind.Broken)
                    log.Failed("POST /api/v1/verdicts/batch", e);
                return ([], Problem.Of(failure.Kind, failure.Detail));
            }
        }
    }
}
