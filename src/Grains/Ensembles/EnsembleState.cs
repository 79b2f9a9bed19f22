using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Ensembles;

/// <summary>What is stored of an ensemble: every version, the newest last.</summary>
[GenerateSerializer, Alias("siamese.EnsembleState")]
internal sealed class EnsembleState
{
    [Id(0)] public List<EnsembleSummary> Versions { get; set; } = [];

    /// <summary>The newest version whose sweep had ended, with what it is worth on test pairs; null before there is one.</summary>
    [Id(1)] public SweepResult? Newest { get; set; }

    /// <summary>Silos in a row that could not have the data to form the sweep's last version with.</summary>
    [Id(2)] public int Unavailable { get; set; }
}
