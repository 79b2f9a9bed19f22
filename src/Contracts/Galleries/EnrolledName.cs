namespace Siamese.Contracts.Galleries;

/// <summary>Who or what is enrolled.</summary>
/// <param name="Name">The name.</param>
/// <param name="Images">How many images it is enrolled with.</param>
[GenerateSerializer, Immutable, Alias("siamese.EnrolledName")]
public sealed record EnrolledName(string Name, int Images);
