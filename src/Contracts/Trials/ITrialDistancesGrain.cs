using Siamese.Contracts.Access;

namespace Siamese.Contracts.Trials;

/// <summary>Measures the distances of a trial's validation pairs again, from its stored embeddings. A stateless worker; key: the trial's id.</summary>
[Alias("siamese.ITrialDistancesGrain")]
public interface ITrialDistancesGrain : IGrainWithStringKey
{
    /// <summary>The distances of *same* and of *different* pairs. The call may take seconds, because it reads the data.</summary>
    /// <exception cref="BadInputException">The trial has no embeddings, or its data cannot be read or has changed.</exception>
    [Alias("Measure"), May(Role.Read)]
    Task<DistanceHistogram> Measure(CancellationToken cancellation);
}
