using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Ensembles;

/// <summary>Stored state of an ensemble: every version, the newest last.</summary>
[GenerateSerializer, Alias("siamese.EnsembleState")]
internal sealed class EnsembleState
{
    [Id(0)] public List<EnsembleSummary> Versions { get; set; } = [];

    /// <summary>The newest version formed after its sweep ended, with its results on test pairs; null until there is one.</summary>
    [Id(1)] public SweepResult? Newest { get; set; }

    /// <summary>Number of silos in a row that could not get the data to form the sweep's last version.</summary>
    [Id(2)] public int Unavailable { get; set; }
}
