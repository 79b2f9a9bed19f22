namespace Siamese.Grains.Sweeps;

/// <summary>What decides whether a point can be trained on a sweep's data.</summary>
/// <param name="Name">Of the data set.</param>
/// <param name="GivesPairs">Whether it is known by pairs and not by classes.</param>
/// <param name="ShardImages">Training images of the smallest shard.</param>
[GenerateSerializer, Immutable, Alias("siamese.DataFacts")]
internal sealed record DataFacts(string Name, bool GivesPairs, int ShardImages);
