namespace Siamese.Contracts.Tuning;

/// <summary>What an encoder sees of colours.</summary>
public enum Colour
{
    /// <summary>Only how light they are.</summary>
    Grey,

    /// <summary>Red, green and blue.</summary>
    Rgb,
}
