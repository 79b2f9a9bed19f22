using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Forming;

namespace Siamese.Grains.Ensembles;

/// <summary>The side of an ensemble that other grains call: versions are formed, brought in, looked up and removed.</summary>
[Alias("siamese.IEnsembleVersions"), SilosOnly]
internal interface IEnsembleVersions : IEnsembleGrain
{
    /// <summary>
    /// Starts to form a version from finished trials and returns at once; poll <see cref="GetForming"/>. Called by the sweep.
    /// Does nothing while a version is being formed.
    /// </summary>
    /// <param name="order">What to form it from.</param>
    /// <param name="cancellation">Ends the call, not the forming.</param>
    [Alias("Form")]
    Task Form(FormingOrder order, CancellationToken cancellation);

    /// <summary>The state of the last <see cref="Form"/>. Called by the sweep.</summary>
    [Alias("GetForming")]
    Task<FormingState> GetForming(CancellationToken cancellation);

    /// <summary>One version; null if there is none with this number.</summary>
    /// <param name="version">From 1.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("GetVersion")]
    Task<EnsembleSummary?> GetVersion(int version, CancellationToken cancellation);

    /// <summary>Adopts a version that was formed elsewhere as the first version. Called by the import.</summary>
    /// <exception cref="BadInputException">There are versions already, and the first is a different one.</exception>
    [Alias("Adopt")]
    Task Adopt(EnsembleSummary version, CancellationToken cancellation);

    /// <summary>Deletes every version. Called by the sweep or the import when it is removed.</summary>
    /// <returns>Bytes of blobs freed.</returns>
    [Alias("Remove")]
    Task<long> Remove(CancellationToken cancellation);
}
