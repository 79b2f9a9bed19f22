using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Training;

namespace Siamese.Contracts.Ensembles;

/// <summary>The versions of one ensemble. Key: its name, which is its sweep's id.</summary>
[Alias("siamese.IEnsembleGrain")]
public interface IEnsembleGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts to form a version from finished trials and to measure it on test pairs, and returns at once; poll
    /// <see cref="GetForming"/>. Called by the sweep.
    /// </summary>
    /// <param name="data">The data that they were trained on.</param>
    /// <param name="dataFingerprint">What its content was then.</param>
    /// <param name="candidates">Completed trials.</param>
    /// <param name="maximumMembers">So many of them become members at most.</param>
    /// <param name="cancellation">Ends the call, not the forming.</param>
    [Alias("Form")]
    Task Form(DataSource data, string dataFingerprint, ImmutableArray<TrialReport> candidates, int maximumMembers, CancellationToken cancellation);

    /// <summary>What has come of the last <see cref="Form"/>. Called by the sweep.</summary>
    [Alias("GetForming")]
    Task<FormingState> GetForming(CancellationToken cancellation);

    /// <summary>The newest version; null where there is none.</summary>
    [Alias("GetNewest")]
    Task<EnsembleSummary?> GetNewest(CancellationToken cancellation);

    /// <summary>One version; null where there is none of this number.</summary>
    /// <param name="version">From 1.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("GetVersion")]
    Task<EnsembleSummary?> GetVersion(int version, CancellationToken cancellation);

    /// <summary>Every version, the newest last.</summary>
    [Alias("GetVersions")]
    Task<ImmutableArray<EnsembleSummary>> GetVersions(CancellationToken cancellation);

    /// <summary>Forgets every version. Called by the sweep when it is removed.</summary>
    /// <returns>Bytes of blobs that this freed.</returns>
    [Alias("Remove")]
    Task<long> Remove(CancellationToken cancellation);
}
