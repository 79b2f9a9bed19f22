using System.Numerics;
using TorchSharp.Modules;

namespace Siamese.Model.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, ICLR 2015), with weight decay added to the gradient or decoupled from it (AdamW: Loshchilov and
/// Hutter, ICLR 2019). The library's Adam passes over weights and moments ten times and allocates tensors.
/// </summary>
/// <param name="parameters">What to train; float32, on the CPU.</param>
/// <param name="weightDecay">Weight decay, applied to all parameters except vectors; 0 for none.</param>
/// <param name="isDecoupled">Whether weight decay is decoupled from the gradient.</param>
internal sealed class OnePassAdam(IEnumerable<Parameter> parameters, double weightDecay = 0, bool isDecoupled = false)
    : OnePassOptimizer(parameters, "adam", "first", "second")
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    protected override void Update(Span<float> weights, Span<float> gradient, Range place, double rate, bool isDecayed)
    {
        var first = Kept(0, place);
        var second = Kept(1, place);
        var step = new Factors(
            Size: (float)(rate / (1 - Math.Pow(Beta1, Steps))),
            RootScale: (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps))),
            Decay: isDecayed && !isDecoupled ? (float)weightDecay : 0,
            Shrinkage: isDecayed && isDecoupled ? (float)(1 - (rate * weightDecay)) : 1);
        var whole = weights.Length - (weights.Length % Vector<float>.Count);
        UpdateVectors(Vectors(weights), Vectors(gradient), Vectors(first), Vectors(second), step);
        for (var i = whole; i < weights.Length; i++)
        {
            var g = gradient[i] + (weights[i] * step.Decay);
            gradient[i] = 0;
            first[i] = (first[i] * Beta1) + (g * (1 - Beta1));
            second[i] = (second[i] * Beta2) + (g * g * (1 - Beta2));
            weights[i] = (weights[i] * step.Shrinkage) - (step.Size * (first[i] / ((MathF.Sqrt(second[i]) * step.RootScale) + Epsilon)));
        }
    }

    private static void UpdateVectors(
        Span<Vector<float>> weights, Span<Vector<float>> gradient, Span<Vector<float>> first, Span<Vector<float>> second, Factors step)
    {
        var epsilon = new Vector<float>(Epsilon);
        for (var i = 0; i < weights.Length; i++)
        {
            var g = gradient[i] + (weights[i] * step.Decay);
            gradient[i] = Vector<float>.Zero;
            var m = first[i] = (first[i] * Beta1) + (g * (1 - Beta1));
            var v = second[i] = (second[i] * Beta2) + (g * g * (1 - Beta2));
            weights[i] = (weights[i] * step.Shrinkage) - (step.Size * (m / ((Vector.SquareRoot(v) * step.RootScale) + epsilon)));
        }
    }

    private readonly record struct Factors(float Size, float RootScale, float Decay, float Shrinkage);
}
