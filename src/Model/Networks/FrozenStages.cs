using TorchSharp.Modules;

namespace Siamese.Model.Networks;

/// <summary>
/// Keeps the first stages of an encoder as they are while the others train. Their weights get no gradient, so a step neither changes
/// them nor passes back through them, and their batch normalisation uses its running statistics and leaves them alone. Dropout that
/// follows a stage still applies.
/// </summary>
internal static class FrozenStages
{
    /// <summary>Turns the gradients of the first stages off.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="count">Number of stages; 0 for none.</param>
    /// <returns>The other parameters, which are trained.</returns>
    public static IReadOnlyList<Parameter> Freeze(Encoder encoder, int count)
    {
        foreach (var parameter in encoder.Stages.Take(count).SelectMany(stage => stage).SelectMany(module => module.parameters()))
            parameter.requires_grad = false;
        return [.. encoder.parameters().Where(parameter => parameter.requires_grad)];
    }

    /// <summary>Sets the encoder to training mode, except for its first stages.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="count">Number of frozen stages.</param>
    public static void Train(Encoder encoder, int count)
    {
        encoder.train();
        foreach (var module in encoder.Stages.Take(count).SelectMany(stage => stage))
            module.eval();
    }
}
