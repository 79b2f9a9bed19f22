using System.Collections.Immutable;

namespace Siamese.Contracts.Galleries;

/// <summary>What came of images that were to be enrolled.</summary>
/// <param name="Added">References that are new.</param>
/// <param name="Known">Images that were enrolled under their name already.</param>
/// <param name="Problems">Of each image that was not enrolled a sentence that names it and says why.</param>
[GenerateSerializer, Immutable, Alias("siamese.Enrolment")]
public sealed record Enrolment(int Added, int Known, ImmutableArray<string> Problems);
