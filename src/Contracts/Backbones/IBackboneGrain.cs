using Siamese.Contracts.Access;

namespace Siamese.Contracts.Backbones;

/// <summary>Looks at an uploaded backbone. Key: the name of its manifest.</summary>
[Alias("siamese.IBackboneGrain")]
public interface IBackboneGrain : IGrainWithStringKey
{
    /// <summary>Loads the network, and checks that it turns an image into features.</summary>
    /// <exception cref="BadInputException">It does not, or this silo cannot run such networks; the message says what to do.</exception>
    [Alias("Describe"), May(Role.Train)]
    Task<BackboneDescription> Describe(CancellationToken cancellation);
}
