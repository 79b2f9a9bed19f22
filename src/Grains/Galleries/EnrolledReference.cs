namespace Siamese.Grains.Galleries;

/// <summary>An enrolled image.</summary>
/// <param name="Name">Who or what it shows.</param>
/// <param name="Image">The SHA-256 of its file, as 64 hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("siamese.EnrolledReference")]
internal sealed record EnrolledReference(string Name, string Image);
