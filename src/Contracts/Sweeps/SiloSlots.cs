using Siamese.Contracts.Clusters;

namespace Siamese.Contracts.Sweeps;

/// <summary>The slots of a silo, and how it is.</summary>
/// <param name="Silo">The silo's name, unique in its cluster. A silo has a new name each time it starts.</param>
/// <param name="Slots">Number of its slots, busy or not.</param>
[GenerateSerializer, Immutable, Alias("siamese.SiloSlots")]
public sealed record SiloSlots(string Silo, int Slots)
{
    /// <summary>What else it reports; null if its build reports nothing else.</summary>
    [Id(0)] public SiloNews? News { get; init; }
}
