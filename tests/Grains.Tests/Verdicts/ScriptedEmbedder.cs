using System.Collections.Concurrent;
using System.Threading.Channels;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Networks;

namespace Siamese.Grains.Tests.Verdicts;

/// <summary>Embeds an image as its first pixel and twice that. Each call waits until the test lets it continue.</summary>
internal sealed class ScriptedEmbedder : IEmbedder
{
    /// <summary>The first pixel of an image that makes embedding fail.</summary>
    public const byte Poison = 255;

    private readonly Channel<byte[]> _asked = Channel.CreateUnbounded<byte[]>();
    private readonly object _gate = new();
    private int _times;

    /// <summary>First pixels of the images of each batch, in order.</summary>
    public ConcurrentQueue<byte[]> Times { get; } = [];

    /// <summary>Whether each call waits for <see cref="GoOn"/>.</summary>
    public bool IsBlocked { get; init; } = true;

    public InputShape Input => new ImageShape(1, 1);

    public int EmbeddingSize => 2;

    /// <summary>An image with that first pixel.</summary>
    public static ReadOnlyMemory<byte> Image(int pixel) => new byte[] { (byte)pixel };

    public static ReadOnlyMemory<byte>[] Images(params int[] pixels) => Array.ConvertAll(pixels, Image);

    public static float[] Embeddings(params int[] pixels) => [.. pixels.SelectMany(pixel => new float[] { pixel, 2 * pixel })];

    /// <summary>Waits for the next call and returns its first pixels.</summary>
    public async Task<byte[]> Asked() => await _asked.Reader.ReadAsync(new CancellationTokenSource(Clusters.TestCluster.Patience).Token);

    /// <summary>Lets this many calls continue.</summary>
    public void GoOn(int times = 1)
    {
        lock (_gate)
        {
            _times += times;
            Monitor.PulseAll(_gate);
        }
    }

    public float[] Embed(ReadOnlySpan<ReadOnlyMemory<byte>> images)
    {
        var pixels = new byte[images.Length];
        for (var i = 0; i < images.Length; i++)
            pixels[i] = images[i].Span[0];
        Times.Enqueue(pixels);
        _asked.Writer.TryWrite(pixels);
        if (IsBlocked)
            Wait();
        return pixels.Contains(Poison)
            ? throw new InvalidOperationException("Poison.")
            : Embeddings([.. pixels.Select(pixel => (int)pixel)]);
    }

    private void Wait()
    {
        lock (_gate)
        {
            while (_times == 0)
                Assert.True(Monitor.Wait(_gate, Clusters.TestCluster.Patience));
            _times--;
        }
    }
}
