namespace Siamese.Contracts.Data;

/// <summary>The unit that is never split between training, validation and test.</summary>
[GenerateSerializer, Alias("siamese.SplitBy")]
public enum SplitBy
{
    /// <summary>Every class is in every split, each image in one.</summary>
    Image,

    /// <summary>Validation and test classes are never seen in training (open-set, as one-shot recognition requires).</summary>
    Class,

    /// <summary>Validation and test groups (alphabets, writers) are never seen in training.</summary>
    Group,
}
