using Siamese.Contracts.Galleries;

namespace Siamese.Client.Output.Json;

/// <summary>Who is enrolled with an ensemble, with how many images each.</summary>
internal sealed record EnrolledDocument(string Ensemble, IReadOnlyList<EnrolledName> Names);
