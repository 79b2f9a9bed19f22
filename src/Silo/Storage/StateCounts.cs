namespace Siamese.Silo.Storage;

/// <summary>What a store says of itself, apart from blobs and checkpoints.</summary>
/// <param name="Schema">The version of its schema.</param>
/// <param name="States">Grain states in all; null where the schema is of an earlier build, and so for the others.</param>
/// <param name="Sweeps">Sweeps among them.</param>
/// <param name="Trials">Trials among them.</param>
/// <param name="Faults">What the database finds wrong with itself.</param>
internal sealed record StateCounts(int Schema, long? States, long? Sweeps, long? Trials, IReadOnlyList<string> Faults);
