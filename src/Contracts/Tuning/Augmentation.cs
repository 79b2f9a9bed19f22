namespace Siamese.Contracts.Tuning;

/// <summary>How training images are changed at random; each change also has its own hyperparameter.</summary>
public enum Augmentation
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>With defaults that suit glyphs.</summary>
    On,

    /// <summary>With defaults that suit faces and photographs: only the changes that keep them realistic.</summary>
    Gentle,
}
