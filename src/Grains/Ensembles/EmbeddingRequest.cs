namespace Siamese.Grains.Ensembles;

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
