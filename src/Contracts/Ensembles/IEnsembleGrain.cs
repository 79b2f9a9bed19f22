using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Contracts.Ensembles;

/// <summary>The versions of one ensemble. Key: its name, which is its sweep's id.</summary>
[Alias("siamese.IEnsembleGrain")]
public interface IEnsembleGrain : IGrainWithStringKey
{
    /// <summary>Maximum number of feedback entries in a call.</summary>
    const int MaximumFeedback = 10_000;

    /// <summary>The newest version; null if there is none.</summary>
    [Alias("GetNewest"), May(Role.Read)]
    Task<EnsembleSummary?> GetNewest(CancellationToken cancellation);

    /// <summary>Every version, the newest last.</summary>
    [Alias("GetVersions"), May(Role.Read)]
    Task<ImmutableArray<EnsembleSummary>> GetVersions(CancellationToken cancellation);

    /// <summary>
    /// Stores the true relations of judged pairs. For one pair and version, the last value counts; repeating it changes
    /// nothing.
    /// </summary>
    /// <param name="given">At most <see cref="MaximumFeedback"/>; if one is invalid, none is stored.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>All feedback so far.</returns>
    /// <exception cref="BadInputException">One is not a verdict's id, belongs to another ensemble, or names a version that does not exist.</exception>
    [Alias("GiveFeedback"), May(Role.Teach, IsAudited = true)]
    Task<FeedbackTally> GiveFeedback(ImmutableArray<Feedback> given, CancellationToken cancellation);

    /// <summary>Removes the caller's own feedback on verdicts; that of others stays. Repeating it changes nothing. Versions that were recalibrated with it stay as they are.</summary>
    /// <param name="verdicts">Ids of verdicts, at most <see cref="MaximumFeedback"/>; if one is invalid, nothing is removed.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">One is not a verdict's id, belongs to another ensemble, or names a version that does not exist.</exception>
    [Alias("WithdrawFeedback"), May(Role.Teach, IsAudited = true)]
    Task<WithdrawnFeedback> WithdrawFeedback(ImmutableArray<string> verdicts, CancellationToken cancellation);

    /// <summary>What <see cref="Recalibrate"/> would do.</summary>
    /// <param name="trusted">Names of callers whose feedback counts in full; that of others counts at most as much as everybody else's together.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There is too little feedback.</exception>
    [Alias("PreviewRecalibration"), May(Role.Administer)]
    Task<RecalibrationEffect> PreviewRecalibration(ImmutableArray<string> trusted, CancellationToken cancellation);

    /// <summary>
    /// Makes a version with the newest version's members, whose probabilities and threshold take all feedback on them into
    /// account. The same feedback makes only one version.
    /// </summary>
    /// <param name="trusted">As for the preview.</param>
    /// <param name="expected">The correction that the preview showed; null for whatever the feedback suggests.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There is too little feedback, other feedback than at the preview, or a version is being formed.</exception>
    [Alias("Recalibrate"), May(Role.Administer, IsAudited = true)]
    Task<Recalibrated> Recalibrate(ImmutableArray<string> trusted, Recalibration? expected, CancellationToken cancellation);
}
