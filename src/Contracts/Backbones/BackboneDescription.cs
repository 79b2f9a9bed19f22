namespace Siamese.Contracts.Backbones;

/// <summary>A backbone that a silo has loaded.</summary>
[GenerateSerializer, Immutable, Alias("siamese.BackboneDescription")]
public sealed record BackboneDescription
{
    /// <summary>The value of the hyperparameter `backbone`, from which <see cref="BackboneName.Find"/> reads.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>What it takes and returns, in a sentence for the user.</summary>
    [Id(1)] public required string Sentence { get; init; }
}
