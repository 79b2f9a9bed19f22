namespace Siamese.EndToEnd.Tests.Machines;

/// <summary>Three silos that train are enough for a machine: what happens to them is to happen in their time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
