namespace Siamese.Contracts.Data;

/// <summary>What the folders in a data set's folder are, if their names leave it open.</summary>
[GenerateSerializer, Alias("siamese.FoldersAre")]
public enum FoldersAre
{
    /// <summary>Training, validation and test images; other folders are left out.</summary>
    Splits,

    /// <summary>Classes, whatever their names.</summary>
    Classes,

    /// <summary>Groups of classes, whatever their names.</summary>
    Groups,
}
