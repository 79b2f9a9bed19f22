namespace Siamese.Contracts.Backbones;

/// <summary>In which order a network takes the colours of an image.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}
