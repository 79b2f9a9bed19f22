using Siamese.Contracts.Galleries;

namespace Siamese.Client.Output.Json;

/// <summary>Who is enrolled with an ensemble, and with how many images.</summary>
internal sealed record EnrolledDocument(string Ensemble, IReadOnlyList<EnrolledName> Names);
