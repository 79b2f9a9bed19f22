using Orleans.Concurrency;
using Siamese.Contracts.Access;

namespace Siamese.Contracts.Trials;

/// <summary>What is stored about one trial, whatever sweeps it belongs to. Key: the trial's id.</summary>
[Alias("siamese.ITrialRecordGrain")]
public interface ITrialRecordGrain : IGrainWithStringKey
{
    /// <summary>The record; null if no silo has ever been allowed to train such a trial.</summary>
    [Alias("GetRecord"), AlwaysInterleave, May(Role.Read)]
    Task<TrialRecord?> GetRecord(CancellationToken cancellation);
}
