namespace Siamese.Contracts.Access;

/// <summary>Only silos call the methods that this interface declares; the ones that it inherits keep their own roles.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class SilosOnlyAttribute : Attribute;
