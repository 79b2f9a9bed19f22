namespace Siamese.Grains.Data;

/// <summary>What is stored of the registry. Which pieces a data set holds stands in its manifest.</summary>
[GenerateSerializer, Alias("siamese.DataRegistryState")]
internal sealed class DataRegistryState
{
    /// <summary>Names of manifests, and the sweeps that use each.</summary>
    [Id(0)] public Dictionary<string, HashSet<string>> Sweeps { get; set; } = [];
}
