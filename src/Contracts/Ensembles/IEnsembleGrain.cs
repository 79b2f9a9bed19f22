using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>The versions of one ensemble. Key: its name, which is its sweep's id.</summary>
[Alias("siamese.IEnsembleGrain")]
public interface IEnsembleGrain : IGrainWithStringKey
{
    /// <summary>Lines of feedback that a call may have.</summary>
    const int MaximumFeedback = 10_000;

    /// <summary>
    /// Starts to form a version from finished trials, and returns at once; poll <see cref="GetForming"/>. Called by the sweep.
    /// Does nothing while one is under way.
    /// </summary>
    /// <param name="order">What it is formed of.</param>
    /// <param name="cancellation">Ends the call, not the forming.</param>
    [Alias("Form")]
    Task Form(FormingOrder order, CancellationToken cancellation);

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

    /// <summary>
    /// Stores what pairs are that were judged. Of one pair and version the last that is said counts; said again it changes
    /// nothing.
    /// </summary>
    /// <param name="given">At most <see cref="MaximumFeedback"/>; where one cannot be taken, none is.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>All feedback that there is.</returns>
    /// <exception cref="BadInputException">One is no verdict's id, or is of another ensemble, or of a version that there is not.</exception>
    [Alias("GiveFeedback")]
    Task<FeedbackTally> GiveFeedback(ImmutableArray<Feedback> given, CancellationToken cancellation);

    /// <summary>
    /// Makes a version with the newest one's members, whose probabilities and threshold heed all feedback on these. The
    /// same feedback twice makes one.
    /// </summary>
    /// <exception cref="BadInputException">There is too little feedback, or a version is being formed.</exception>
    [Alias("Recalibrate")]
    Task<Recalibrated> Recalibrate(CancellationToken cancellation);

    /// <summary>Takes over a version that was formed elsewhere as the first. Called by the import.</summary>
    /// <exception cref="BadInputException">There are versions already, and the first is another.</exception>
    [Alias("Adopt")]
    Task Adopt(EnsembleSummary version, CancellationToken cancellation);

    /// <summary>Forgets every version. Called by the sweep or the import when it is removed.</summary>
    /// <returns>Bytes of blobs that this freed.</returns>
    [Alias("Remove")]
    Task<long> Remove(CancellationToken cancellation);
}
