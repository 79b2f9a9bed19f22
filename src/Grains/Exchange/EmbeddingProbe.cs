using System.Runtime.InteropServices;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;

namespace Siamese.Grains.Exchange;

/// <summary>
/// Embeds real and random images with weights of unknown origin, before anyone relies on them: weights can be finite and
/// still overflow, take the root of a negative variance, or embed everything alike.
/// </summary>
internal static class EmbeddingProbe
{
    /// <summary>Number of items of each kind.</summary>
    private const int Each = 16;

    /// <summary>Least difference of two distances, as a fraction of the largest one: rounding alone makes a smaller one.</summary>
    private const double SmallestSpread = 1e-5;

    /// <exception cref="InvalidDataException">Embeddings or distances are not finite, or all the same.</exception>
    public static void Check(Hyperparameters hyperparameters, FrozenEncoder encoder)
    {
        var random = new Random(1);
        ReadOnlyMemory<byte>[] items = encoder.Input switch
        {
            StrokeShape strokes => [.. Enumerable.Range(0, Each).Select(i => Curve(strokes, i)), .. Enumerable.Range(0, Each).Select(_ => Scribble(strokes, random))],
            ImageShape images => [.. Digits(images), .. Enumerable.Range(0, Each).Select(_ => Noise(images, random))],
            VectorShape vectors => [.. Enumerable.Range(0, 2 * Each).Select(_ => Vector(vectors, random))],
            var other => throw new ArgumentException($"There are no items of {other}.", nameof(encoder)),
        };
        float[] embeddings = [.. items.Chunk(FrozenEncoder.ChunkSize).SelectMany(chunk => encoder.Embed(chunk))];
        if (!Array.TrueForAll(embeddings, float.IsFinite))
            throw new InvalidDataException("It embeds images as values that are not finite numbers.");
        ImagePair[] pairs = [.. Enumerable.Range(0, items.Length).SelectMany(i => Enumerable.Range(i + 1, items.Length - i - 1).Select(j => new ImagePair(i, j, default)))];
        var distances = PairDistances.Measure(embeddings, encoder.EmbeddingSize, pairs, Distance.Of(hyperparameters));
        if (!Array.TrueForAll(distances, distance => float.IsFinite(distance) && distance >= 0))
            throw new InvalidDataException("It leads to distances that are not finite numbers from 0.");
        if (distances.Max() - distances.Min() <= SmallestSpread * distances.Max())
            throw new InvalidDataException("It embeds all images alike.");
    }

    /// <summary>The first digits of the built-in data.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Digits(ImageShape shape)
    {
        var digits = DataSets.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None).Training.Images;
        return Enumerable.Range(0, Each).Select(i => (ReadOnlyMemory<byte>)ItemReader.Read(
            PngWriter.Write(digits.Memory(i).Span, ImageShape.Digits), "a digit", shape));
    }

    private static ReadOnlyMemory<byte> Noise(ImageShape shape, Random random)
    {
        var pixels = new byte[shape.Bytes];
        random.NextBytes(pixels);
        return pixels;
    }

    private static ReadOnlyMemory<byte> Vector(VectorShape shape, Random random)
    {
        var numbers = Enumerable.Range(0, shape.Width).Select(_ => (2 * random.NextSingle()) - 1).ToArray();
        return MemoryMarshal.AsBytes<float>(numbers).ToArray();
    }

    /// <summary>A Lissajous curve, drawn in one stroke.</summary>
    private static ReadOnlyMemory<byte> Curve(StrokeShape shape, int number) => Points(shape, time => (
        MathF.Sin(((number % 4) + 1) * MathF.Tau * time), MathF.Cos(((number / 4) + 1) * MathF.Tau * time)));

    private static ReadOnlyMemory<byte> Scribble(StrokeShape shape, Random random) => Points(shape, _ => (
        (2 * random.NextSingle()) - 1, (2 * random.NextSingle()) - 1));

    private static ReadOnlyMemory<byte> Points(StrokeShape shape, Func<float, (float X, float Y)> at)
    {
        var values = Enumerable.Range(0, shape.Points).Select(i => i / (float)(shape.Points - 1))
            .SelectMany(time => at(time) is var (x, y) ? new[] { x, y, time, 1, 0.5f } : []).ToArray();
        return MemoryMarshal.AsBytes<float>(values).ToArray();
    }
}
