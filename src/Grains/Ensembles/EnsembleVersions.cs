using Siamese.Contracts;
using Siamese.Contracts.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <summary>Finds the requested version of an ensemble.</summary>
internal static class EnsembleVersions
{
    /// <summary>The error for an ensemble without a version.</summary>
    public static BadInputException NoEnsemble(string name) => BadInputException.Missing($"There is no ensemble '{name}'; `client ensembles` lists the existing ones.");

    /// <param name="grains">Access to the ensemble grains.</param>
    /// <param name="name">The ensemble.</param>
    /// <param name="version">From 1; null means the newest.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There is no such ensemble or version.</exception>
    public static async Task<Ensemble> Find(IGrainFactory grains, string name, int? version, CancellationToken cancellation)
    {
        var grain = grains.GetGrain<IEnsembleVersions>(name);
        if (version is { } number && await grain.GetVersion(number, cancellation) is { } stated)
            return stated.Ensemble;
        var newest = await grain.GetNewest(cancellation)
            ?? throw NoEnsemble(name);
        return version is null
            ? newest.Ensemble
            : throw BadInputException.Missing($"Ensemble '{name}' has no version {version}; its newest is {newest.Ensemble.Version}.");
    }
}
