namespace Siamese.Contracts.Sweeps;

/// <summary>The value of what is on or off.</summary>
public enum Switch
{
    Off,
    On,
}
