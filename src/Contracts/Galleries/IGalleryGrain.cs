using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Access;

namespace Siamese.Contracts.Galleries;

/// <summary>Who and what is enrolled with an ensemble. Key: the ensemble's name. Every answer is a consistent snapshot between two changes.</summary>
[Alias("siamese.IGalleryGrain")]
public interface IGalleryGrain : IGrainWithStringKey
{
    /// <summary>Removes a name, with its images and everything that was made from them. Called by the client.</summary>
    [Alias("Forget"), May(Role.Teach, IsAudited = true)]
    Task<Forgotten> Forget(string name, CancellationToken cancellation);

    /// <summary>Every enrolled name, sorted by name. Called by the client.</summary>
    [AlwaysInterleave, Alias("GetNames"), May(Role.Read)]
    Task<ImmutableArray<EnrolledName>> GetNames(CancellationToken cancellation);
}
