namespace Siamese.Contracts.Galleries;

/// <summary>Who or what is enrolled.</summary>
/// <param name="Name">The name.</param>
/// <param name="Images">Number of images enrolled under it.</param>
[GenerateSerializer, Immutable, Alias("siamese.EnrolledName")]
public sealed record EnrolledName(string Name, int Images);
