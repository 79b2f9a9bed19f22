using Siamese.Model.Networks;

namespace Siamese.Grains.Verdicts;

/// <summary>
/// Embeds images for every verdict of this silo. Requests to a member that arrive while the threads are busy are embedded
/// together, because an image in a large batch takes a third of the time of an image in a batch of two. No request waits for
/// others: an idle silo starts at once. Large requests are cut into chunks for any free thread, and small ones do not wait
/// for them.
/// </summary>
internal sealed class EmbeddingBatches(VerdictThreads threads)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(IEmbedder, Turn), Queue<EmbeddingRequest>> _waiting = [];

    /// <summary>Embeds images.</summary>
    /// <returns>N·D numbers, row by row.</returns>
    /// <exception cref="ObjectDisposedException">The silo is shutting down.</exception>
    public Task<float[]> Embed(IEmbedder embedder, ReadOnlyMemory<byte>[] images, CancellationToken cancellation)
    {
        if (images.Length == 0)
            return Task.FromResult<float[]>([]);
        var request = new EmbeddingRequest(images, embedder.EmbeddingSize, cancellation);
        var turn = Turns.ToEmbed(images.Length);
        lock (_lock)
        {
            if (!_waiting.TryGetValue((embedder, turn), out var line))
                _waiting.Add((embedder, turn), line = []);
            line.Enqueue(request);
        }

        // One turn for each possible chunk; a turn whose images were already taken by an earlier one costs nothing.
        for (var start = 0; start < images.Length; start += FrozenEncoder.ChunkSize)
            threads.Post(turn, () => EmbedNext(embedder));
        return request.Embeddings.WaitAsync(cancellation);
    }

    private void EmbedNext(IEmbedder embedder)
    {
        var parts = Take(embedder);
        if (parts.Count == 0 || TryEmbed(embedder, parts) is not { } failure)
            return;
        if (parts.Count == 1)
            parts[0].Request.Fail(failure);
        else
            EmbedEach(embedder, parts);
    }

    /// <summary>Embeds each part alone, so that bad images fail only their own request.</summary>
    private static void EmbedEach(IEmbedder embedder, List<EmbeddingPart> parts)
    {
        foreach (var part in parts)
        {
            if (TryEmbed(embedder, [part]) is { } failure)
                part.Request.Fail(failure);
        }
    }

    private static Exception? TryEmbed(IEmbedder embedder, List<EmbeddingPart> parts)
    {
        try
        {
            ReadOnlyMemory<byte>[] images = [.. parts.SelectMany(part => part.Images.ToArray())];
            var embeddings = embedder.Embed(images).AsSpan();
            foreach (var part in parts)
            {
                var length = part.Images.Length * embedder.EmbeddingSize;
                part.Request.Fill(part.Start, embeddings[..length]);
                embeddings = embeddings[length..];
            }

            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>The images that this member embeds next, at most one chunk: small requests first, then large ones.</summary>
    private List<EmbeddingPart> Take(IEmbedder embedder)
    {
        var parts = new List<EmbeddingPart>();
        lock (_lock)
        {
            var room = FrozenEncoder.ChunkSize;
            Take((embedder, Turn.EmbedFew), parts, ref room);
            Take((embedder, Turn.EmbedMany), parts, ref room);
        }

        return parts;
    }

    private void Take((IEmbedder, Turn) whose, List<EmbeddingPart> parts, ref int room)
    {
        while (room > 0 && _waiting.TryGetValue(whose, out var line))
        {
            var request = line.Peek();
            if (threads.End.IsCancellationRequested)
                request.Cancel();
            if (!request.IsDone)
            {
                var part = request.Take(room);
                parts.Add(part);
                room -= part.Images.Length;
            }

            if (!request.IsDone)
                continue;
            line.Dequeue();
            if (line.Count == 0)
                _waiting.Remove(whose);
        }
    }
}

/// <summary>Images that one member embeds for a call. Filled from several threads, chunk by chunk.</summary>
internal sealed class EmbeddingRequest(ReadOnlyMemory<byte>[] images, int width, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<float[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly float[] _embeddings = new float[images.Length * width];
    private int _taken;
    private int _missing = images.Length;

    /// <summary>N·D numbers, row by row.</summary>
    public Task<float[]> Embeddings => _done.Task;

    /// <summary>Whether every image was taken, or nobody waits for the rest.</summary>
    public bool IsDone => _taken == images.Length || _done.Task.IsCompleted || cancellation.IsCancellationRequested;

    /// <summary>Takes at most this many of the images that are not taken yet. Called under a lock.</summary>
    public EmbeddingPart Take(int most)
    {
        var (start, count) = (_taken, Math.Min(most, images.Length - _taken));
        _taken += count;
        return new EmbeddingPart(this, start, images.AsMemory(start, count));
    }

    public void Fill(int start, ReadOnlySpan<float> embeddings)
    {
        embeddings.CopyTo(_embeddings.AsSpan(start * width));
        if (Interlocked.Add(ref _missing, -(embeddings.Length / width)) == 0)
            _done.TrySetResult(_embeddings);
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);

    public void Cancel() => _done.TrySetCanceled(cancellation);
}

/// <summary>Images of one request that are embedded together, perhaps with images of other requests.</summary>
/// <param name="Request">The request that they belong to.</param>
/// <param name="Start">Index of the first image in the request.</param>
/// <param name="Images">The images.</param>
internal sealed record EmbeddingPart(EmbeddingRequest Request, int Start, ReadOnlyMemory<ReadOnlyMemory<byte>> Images);
