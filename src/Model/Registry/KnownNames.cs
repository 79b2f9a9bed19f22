using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Miners;
using Siamese.Model.Networks;

namespace Siamese.Model.Registry;

/// <summary>The names that this build knows, for the hyperparameters whose values are names.</summary>
public static class KnownNames
{
    private static readonly Dictionary<string, IReadOnlyList<string>> _names = new()
    {
        ["encoder"] = [.. Encoders.All.Select(encoder => encoder.Name)],
        ["loss"] = [.. LossKind.All.Select(loss => loss.Name)],
        ["distance"] = [.. Distance.All.Select(distance => distance.Name)],
        ["mining"] = [Miner.None, .. Miner.All.Select(miner => miner.Name)],
    };

    /// <summary>The hyperparameters that have known names.</summary>
    public static IReadOnlyCollection<string> Hyperparameters => _names.Keys;

    /// <summary>The values that a hyperparameter can have, in the order of the help texts; null if its values are not names.</summary>
    /// <param name="hyperparameter">Its <see cref="Hyperparameter.Name"/>.</param>
    public static IReadOnlyList<string>? Of(string hyperparameter) => _names.GetValueOrDefault(hyperparameter);
}
