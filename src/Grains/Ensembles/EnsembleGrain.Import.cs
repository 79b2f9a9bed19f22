using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;

namespace Siamese.Grains.Ensembles;

/// <summary>A version that was formed in another cluster.</summary>
internal sealed partial class EnsembleGrain
{
    public async Task Adopt(EnsembleSummary version, CancellationToken cancellation)
    {
        if (Stored.FirstOrDefault() is not { } first)
            await Store(new FormedVersion(version, Result: null));
        else if (VersionHash.Of(first.Ensemble) != VersionHash.Of(version.Ensemble))
            throw new BadInputException($"There is already a different ensemble named '{Name}'; choose another name.");
    }
}
