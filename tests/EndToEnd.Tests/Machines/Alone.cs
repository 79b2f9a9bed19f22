namespace Siamese.EndToEnd.Tests.Machines;

/// <summary>Runs alone: three silos that train use a whole machine, and faults must happen at the right moment.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
