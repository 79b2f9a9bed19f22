namespace Siamese.Contracts.Tuning;

/// <summary>The value of a hyperparameter that is on or off.</summary>
public enum Switch
{
    Off,
    On,
}
