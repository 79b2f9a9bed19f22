namespace Siamese.Contracts.Galleries;

/// <summary>An image that somebody or something is enrolled with.</summary>
/// <param name="Name">Who or what it shows.</param>
/// <param name="Image">The SHA-256 of its file, as 64 hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("siamese.EnrolledReference")]
public sealed record EnrolledReference(string Name, string Image);
