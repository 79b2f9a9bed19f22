using System.Numerics;
using TorchSharp.Modules;

namespace Siamese.Model.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum, as in PyTorch: v = momentum·v + g, w = w − rate·v. Sutskever et al., ICML
/// 2013, include the rate in v, which is the same for a constant rate.
/// </summary>
/// <param name="parameters">What to train; float32, on the CPU.</param>
/// <param name="momentum">From 0, which is none, up to but not including 1.</param>
/// <param name="weightDecay">Weight decay, applied to all parameters except vectors; 0 for none.</param>
internal sealed class OnePassDescent(IEnumerable<Parameter> parameters, double momentum, double weightDecay)
    : OnePassOptimizer(parameters, "sgd", "velocity")
{
    protected override void Update(Span<float> weights, Span<float> gradient, Range place, double rate, bool isDecayed)
    {
        var velocity = Kept(0, place);
        var (size, kept, decay) = ((float)rate, (float)momentum, isDecayed ? (float)weightDecay : 0);
        var whole = weights.Length - (weights.Length % Vector<float>.Count);
        UpdateVectors(Vectors(weights), Vectors(gradient), Vectors(velocity), size, kept, decay);
        for (var i = whole; i < weights.Length; i++)
        {
            velocity[i] = (velocity[i] * kept) + (gradient[i] + (weights[i] * decay));
            gradient[i] = 0;
            weights[i] -= size * velocity[i];
        }
    }

    private static void UpdateVectors(
        Span<Vector<float>> weights, Span<Vector<float>> gradient, Span<Vector<float>> velocity, float size, float momentum, float decay)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            velocity[i] = (velocity[i] * momentum) + (gradient[i] + (weights[i] * decay));
            gradient[i] = Vector<float>.Zero;
            weights[i] -= size * velocity[i];
        }
    }
}
