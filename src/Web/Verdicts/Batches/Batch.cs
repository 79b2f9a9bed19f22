using System.IO.Pipelines;
using System.Threading.Channels;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Verdicts.Batches;

/// <summary>
/// Judges the pairs of a body while it arrives. At most two chunks are judged or written at a time; beyond that nothing is read,
/// so whoever sends must read the answers meanwhile.
/// </summary>
/// <param name="judge">Judges chunks.</param>
internal sealed class Batch(BatchJudge judge) : IDisposable
{
    private const int AtOnce = 2;

    private readonly KeptImages _kept = new();
    private readonly SemaphoreSlim _free = new(AtOnce);
    private readonly Channel<Task<IReadOnlyList<BatchAnswer>>> _underWay = Channel.CreateUnbounded<Task<IReadOnlyList<BatchAnswer>>>(new() { SingleReader = true, SingleWriter = true });
    private BatchChunk _chunk = new();

    /// <summary>Reads all lines and writes all answers.</summary>
    public async Task Run(LineReader lines, PipeWriter output, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = Write(output, ended);
        try
        {
            await foreach (var line in lines.Read(ended.Token))
            {
                await Take(line, ended.Token);
                if (_chunk.IsFull || (line.Kind is LineKind.Pause && !_chunk.IsEmpty))
                    await Send(ended.Token);
            }

            if (!_chunk.IsEmpty)
                await Send(ended.Token);
        }
        finally
        {
            _underWay.Writer.Complete();
            // Its failure is the reason if it has cancelled the reading.
            await writing;
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task Take(Line line, CancellationToken cancellation)
    {
        try
        {
            if (line.Kind is LineKind.TooLong)
                throw new ProblemException(ProblemKind.TooLarge, $"The line is longer than {VerdictEndpoints.MaximumBody:#,0} bytes, and was left out; send smaller images.");
            if (line.Kind is not LineKind.Content)
                return;
            var read = BatchLine.Read(line.Content);
            if (read is { Image: { } id, Data: { } data })
                _kept.Keep(id, new ImageDocument(data, id, read.Strokes).File(id));
            else if (read.Forget is { } forgotten)
                _kept.Forget(forgotten);
            else
                await Take(line.Number, Find(read.Pair![0], "the first image"), Find(read.Pair[1], "the second image"), cancellation);
        }
        catch (ProblemException problem)
        {
            _chunk.Add(line.Number, Problem.Of(problem.Kind, problem.Message));
        }
    }

    private async Task Take(long line, ImageFile first, ImageFile second, CancellationToken cancellation)
    {
        if (!_chunk.HasRoomFor(first, second))
            await Send(cancellation);
        _chunk.Add(line, first, second);
    }

    private ImageFile Find(BatchImage image, string name) =>
        image.Inline is { } inline ? inline.File(name) : _kept.Find(image.Id!);

    private async Task Send(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        await _underWay.Writer.WriteAsync(judge.Judge(_chunk), cancellation);
        _chunk = new();
    }

    private async Task Write(PipeWriter output, CancellationTokenSource ended)
    {
        try
        {
            await foreach (var answers in _underWay.Reader.ReadAllAsync(ended.Token))
            {
                BatchAnswer.Write(output, await answers);
                await output.FlushAsync(ended.Token);
                _free.Release();
            }
        }
        catch
        {
            await ended.CancelAsync();
            throw;
        }
    }
}
