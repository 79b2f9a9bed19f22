using System.Collections.Immutable;

namespace Siamese.Contracts.Galleries;

/// <summary>The result of enrolling images.</summary>
/// <param name="Added">Number of new references.</param>
/// <param name="Known">Number of images that were already enrolled under their name.</param>
/// <param name="Problems">For each image that was not enrolled, a sentence that names it and says why.</param>
[GenerateSerializer, Immutable, Alias("siamese.Enrolment")]
public sealed record Enrolment(int Added, int Known, ImmutableArray<string> Problems)
{
    /// <summary>For each newly enrolled image that is also enrolled under other names, a sentence that names it and them.</summary>
    [Id(3)]
    public ImmutableArray<string> Shared { get; init; } = [];
}
