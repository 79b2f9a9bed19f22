using System.Numerics;
using System.Runtime.InteropServices;

namespace Siamese.Model.Networks.Layers;

/// <summary>
/// ReLU, local response normalisation over 5 channels, max-pool 4×4 with stride 2 and dropout of channels, forward and
/// backward, for feature maps of 10×10 pixels and 128 channels. Channels are last, so that neighbours are adjacent in memory.
/// </summary>
/// <remarks>
/// With d = k + α/5·Σx² over the window and β = 3/4, y = x·d^−β. Kept for the backward pass: x, q = d^−½ (d^−β = q·√q and
/// 1/d = q²), and the winning pixel of each pooling window. `Vector` is as wide as the processor allows and falls back to
/// plain arithmetic; each number is rounded the same way in both cases.
/// </remarks>
internal sealed class ResponseNormPool
{
    public const int Channels = 128;

    /// <summary>Pooled values of an image, in the order of (128, 4, 4).</summary>
    public const int Pooled = Channels * Windows;

    /// <summary>Values in the feature maps of an image, in the order of (10, 10, 128).</summary>
    public const int Map = Patches.Count * Channels;

    private const int Side = Patches.Side;
    private const int WindowsInRow = 4;
    private const int Windows = WindowsInRow * WindowsInRow;
    private const int WindowSide = 4;
    private const int WindowStride = 2;
    private const int Reach = 2; // Channels on each side of the window's center.
    private const float Alpha = 0.001f / ((2 * Reach) + 1);
    private const float Beta = 0.75f;
    private const float K = 2;

    private readonly float[] _normalized = new float[Map];
    private readonly float[] _gradient = new float[Map];
    private readonly float[] _window = new float[Channels + (2 * Reach)];
    private readonly float[] _best = new float[Pooled]; // (16, 128)
    private readonly float[] _bestPixel = new float[Pooled]; // (16, 128)

    /// <summary>One image forward.</summary>
    /// <param name="maps">100·128: the output of the convolution; overwritten with x, its values after ReLU.</param>
    /// <param name="keep">128 factors of the channels; empty for none.</param>
    /// <param name="roots">100·128: receives q.</param>
    /// <param name="winners">128·16: receives the winning pixels, 0 to 99.</param>
    /// <param name="pooled">128·16: receives the result.</param>
    public void Forward(Span<float> maps, ReadOnlySpan<float> keep, Span<float> roots, Span<byte> winners, Span<float> pooled)
    {
        Normalize(Vectors(maps), Vectors(roots), Vectors(_normalized));
        Pool(Vectors(_normalized), Vectors(_best), Vectors(_bestPixel));
        ToChannelsFirst(_best, _bestPixel, keep, winners, pooled);
    }

    /// <summary>One image backward.</summary>
    /// <param name="maps">x, as written by <see cref="Forward"/>.</param>
    /// <param name="roots">q.</param>
    /// <param name="winners">The winning pixels.</param>
    /// <param name="keep">128 factors of the channels; empty for none.</param>
    /// <param name="pooledGradient">128·16.</param>
    /// <returns>100·128: the gradient of the convolution's output; valid until the next image.</returns>
    public ReadOnlySpan<float> Backward(
        Span<float> maps, Span<float> roots, ReadOnlySpan<byte> winners, ReadOnlySpan<float> keep, ReadOnlySpan<float> pooledGradient)
    {
        _gradient.AsSpan().Clear();
        Unpool(winners, keep, pooledGradient, _gradient);
        Denormalize(Vectors(maps), Vectors(roots), Vectors(_gradient));
        return _gradient;
    }

    private void Normalize(Span<Vector<float>> x, Span<Vector<float>> q, Span<Vector<float>> y)
    {
        var (zero, one, k) = (Vector<float>.Zero, Vector<float>.One, new Vector<float>(K));
        var step = Vector<float>.Count;
        for (int pixel = 0, i = 0; pixel < Patches.Count; pixel++)
        {
            for (int channel = 0, at = i; channel < Channels; channel += step, at++)
            {
                // Not Max: NaN in the map must stay NaN, so that it is noticed.
                var rectified = x[at] = Vector.ConditionalSelect(Vector.LessThan(x[at], zero), zero, x[at]);
                (rectified * rectified).CopyTo(_window, channel + Reach);
            }

            for (var channel = 0; channel < Channels; channel += step, i++)
            {
                var root = q[i] = one / Vector.SquareRoot((WindowSum(_window, channel) * Alpha) + k);
                y[i] = x[i] * (root * Vector.SquareRoot(root));
            }
        }
    }

    private void Denormalize(ReadOnlySpan<Vector<float>> x, ReadOnlySpan<Vector<float>> q, Span<Vector<float>> g)
    {
        var zero = Vector<float>.Zero;
        var step = Vector<float>.Count;
        for (int pixel = 0, i = 0; pixel < Patches.Count; pixel++)
        {
            for (int channel = 0, at = i; channel < Channels; channel += step, at++)
            {
                var root = q[at];
                var direct = g[at] *= root * Vector.SquareRoot(root);
                (direct * x[at] * (root * root)).CopyTo(_window, channel + Reach);
            }

            for (var channel = 0; channel < Channels; channel += step, i++)
            {
                var whole = g[i] - (x[i] * (2 * Beta * Alpha) * WindowSum(_window, channel));
                g[i] = Vector.ConditionalSelect(Vector.GreaterThan(x[i], zero), whole, zero);
            }
        }
    }

    /// <summary>The sum over each channel's window; the numbers have <see cref="Reach"/> zeros before and after them.</summary>
    private static Vector<float> WindowSum(float[] padded, int channel) =>
        new Vector<float>(padded, channel) + new Vector<float>(padded, channel + 1) + new Vector<float>(padded, channel + 2)
        + new Vector<float>(padded, channel + 3) + new Vector<float>(padded, channel + 4);

    /// <summary>The largest value of each window and its pixel; of equal values, the first one row by row.</summary>
    private static void Pool(ReadOnlySpan<Vector<float>> normalized, Span<Vector<float>> best, Span<Vector<float>> bestPixel)
    {
        var vectors = Channels / Vector<float>.Count;
        for (var window = 0; window < Windows; window++)
        {
            var corner = (window / WindowsInRow * WindowStride * Side) + (window % WindowsInRow * WindowStride);
            for (var channel = 0; channel < vectors; channel++)
            {
                var (most, winner) = (normalized[(corner * vectors) + channel], new Vector<float>(corner));
                for (var y = 0; y < WindowSide; y++)
                {
                    for (var x = 0; x < WindowSide; x++)
                    {
                        var pixel = corner + (y * Side) + x;
                        var value = normalized[(pixel * vectors) + channel];
                        var stays = Vector.LessThanOrEqual(value, most);
                        most = Vector.ConditionalSelect(stays, most, value);
                        winner = Vector.ConditionalSelect(stays, winner, new Vector<float>(pixel));
                    }
                }

                best[(window * vectors) + channel] = most;
                bestPixel[(window * vectors) + channel] = winner;
            }
        }
    }

    private static void ToChannelsFirst(
        ReadOnlySpan<float> best, ReadOnlySpan<float> bestPixel, ReadOnlySpan<float> keep, Span<byte> winners, Span<float> pooled)
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            var factor = keep.IsEmpty ? 1 : keep[channel];
            for (var window = 0; window < Windows; window++)
            {
                pooled[(channel * Windows) + window] = best[(window * Channels) + channel] * factor;
                winners[(channel * Windows) + window] = (byte)bestPixel[(window * Channels) + channel];
            }
        }
    }

    private static void Unpool(ReadOnlySpan<byte> winners, ReadOnlySpan<float> keep, ReadOnlySpan<float> pooledGradient, Span<float> gradient)
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            var factor = keep.IsEmpty ? 1 : keep[channel];
            if (factor == 0)
                continue;
            for (var i = channel * Windows; i < (channel + 1) * Windows; i++)
                gradient[(winners[i] * Channels) + channel] += pooledGradient[i] * factor;
        }
    }

    private static Span<Vector<float>> Vectors(Span<float> numbers) => MemoryMarshal.Cast<float, Vector<float>>(numbers);
}
