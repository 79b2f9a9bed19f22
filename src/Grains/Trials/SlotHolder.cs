using Siamese.Contracts.Clusters;

namespace Siamese.Grains.Trials;

/// <summary>The silo that asks for work.</summary>
/// <param name="Silo">The silo's name, unique in its cluster.</param>
/// <param name="Slots">Number of its slots.</param>
/// <param name="CodeVersion">Version of its training code; trials are leased only to silos with the same version.</param>
[GenerateSerializer, Immutable, Alias("siamese.SlotHolder")]
internal sealed record SlotHolder(string Silo, int Slots, string CodeVersion)
{
    /// <summary>What else it announces; null when it asks for work.</summary>
    [Id(0)] public SiloNews? News { get; init; }
}
