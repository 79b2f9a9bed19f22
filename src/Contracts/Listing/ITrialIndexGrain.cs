using Siamese.Contracts.Access;

namespace Siamese.Contracts.Listing;

/// <summary>
/// Lists trials of one sweep. It keeps what filters and orders need of them in memory, on the silo that is asked, and follows the
/// sweep; <see cref="Sweeps.ISweepGrain.GetTrials"/> would give the same trials. Key: the sweep's id.
/// </summary>
[Alias("siamese.ITrialIndexGrain")]
public interface ITrialIndexGrain : IGrainWithStringKey
{
    /// <summary>Some trials, with everything that is known of each.</summary>
    /// <exception cref="BadInputException">The question is not valid.</exception>
    [Alias("GetPage"), May(Role.Read)]
    Task<TrialPage> GetPage(TrialQuestion question, CancellationToken cancellation);

    /// <summary>The trials whose ids begin with <paramref name="start"/>: how many there are, and the first of them.</summary>
    [Alias("Find"), May(Role.Read)]
    Task<TrialPage> Find(string start, CancellationToken cancellation);

    /// <summary>What a page about the sweep needs.</summary>
    /// <param name="question">Which trials are listed.</param>
    /// <param name="patience">How long to wait for trials that are not read yet; after that, the answer is based on those that are. Up to a minute.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">The question is not valid.</exception>
    [Alias("GetOverview"), May(Role.Read)]
    Task<TrialOverview> GetOverview(TrialQuestion question, TimeSpan patience, CancellationToken cancellation);

    /// <summary>The trials that plots show of those that were asked for; order and place of the question do not matter.</summary>
    /// <exception cref="BadInputException">The question is not valid.</exception>
    [Alias("GetPlots"), May(Role.Read)]
    Task<TrialPlots> GetPlots(TrialQuestion question, CancellationToken cancellation);
}
