namespace Siamese.Grains.Data;

/// <summary>The stored state of the registry. The pieces of a data set are listed in its manifest.</summary>
[GenerateSerializer, Alias("siamese.DataRegistryState")]
internal sealed class DataRegistryState
{
    /// <summary>The sweeps that use each manifest, keyed by the manifest's name.</summary>
    [Id(0)] public Dictionary<string, HashSet<string>> Sweeps { get; set; } = [];
}
