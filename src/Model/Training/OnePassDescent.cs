using System.Numerics;
using TorchSharp.Modules;

namespace Siamese.Model.Training;

/// <summary>
/// Stochastic gradient descent with momentum, as PyTorch has it: v = momentum·v + g, w = w − rate·v (Sutskever et al., ICML
/// 2013, have the rate inside v, which is the same while it stays).
/// </summary>
/// <param name="parameters">What to train; float32, on the CPU.</param>
/// <param name="momentum">From 0, which is none, to below 1.</param>
/// <param name="weightDecay">Of weights that are no vectors; 0 is none.</param>
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
