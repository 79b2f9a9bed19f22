namespace Siamese.Contracts.Ensembles;

/// <summary>A one-line summary of the newest version of a sweep's ensemble.</summary>
/// <param name="Version">From 1.</param>
/// <param name="FormedAt">When it was formed.</param>
/// <param name="Members">Number of members.</param>
/// <param name="ValidationEer">Its equal error rate on validation pairs.</param>
[GenerateSerializer, Immutable, Alias("siamese.EnsembleSoFar")]
public sealed record EnsembleSoFar(int Version, DateTimeOffset FormedAt, int Members, double ValidationEer)
{
    /// <summary>Summarizes a version.</summary>
    public static EnsembleSoFar Of(Ensemble ensemble) => new(ensemble.Version, ensemble.FormedAt, ensemble.Members.Length, ensemble.Validation.Eer);
}
