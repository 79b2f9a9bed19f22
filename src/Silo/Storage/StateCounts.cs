namespace Siamese.Silo.Storage;

/// <summary>What a store contains, apart from blobs and checkpoints.</summary>
/// <param name="Schema">The version of its schema.</param>
/// <param name="States">Total number of grain states; null if the schema is from an earlier build, as are the next two.</param>
/// <param name="Sweeps">Number of sweeps among them.</param>
/// <param name="Trials">Number of trials among them.</param>
/// <param name="Faults">Faults that the database found in itself.</param>
internal sealed record StateCounts(int Schema, long? States, long? Sweeps, long? Trials, IReadOnlyList<string> Faults);
