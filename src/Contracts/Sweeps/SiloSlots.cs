namespace Siamese.Contracts.Sweeps;

/// <summary>The slots of a silo.</summary>
/// <param name="Silo">The silo's name, unique in its cluster. A silo has a new name each time it starts.</param>
/// <param name="Slots">Number of its slots, busy or not.</param>
[GenerateSerializer, Immutable, Alias("siamese.SiloSlots")]
public sealed record SiloSlots(string Silo, int Slots);
