namespace Siamese.Contracts.Sweeps;

/// <summary>How training images are changed at random; each change has a hyperparameter of its own beside it.</summary>
public enum Augmentation
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>With defaults that suit glyphs.</summary>
    On,

    /// <summary>With defaults that suit faces and photographs: only the changes that keep them likely.</summary>
    Gentle,
}
