namespace Siamese.Contracts.Ensembles;

/// <summary>A member that took no part in a verdict.</summary>
/// <param name="Trial">Its trial.</param>
/// <param name="Weight">Its share of the whole ensemble, 0 to 1.</param>
/// <param name="Reason">Why it could not be loaded.</param>
[GenerateSerializer, Immutable, Alias("siamese.AbsentMember")]
public sealed record AbsentMember(string Trial, double Weight, string Reason);
