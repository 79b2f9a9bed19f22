using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Vectors;

namespace Siamese.Model.Data;

/// <summary>What data turns out to be when it is opened.</summary>
internal enum DataKind
{
    BuiltIn,
    IdxFiles,
    ImageFolder,
    ImageList,
    PairList,
    Vectors,
    VectorList,
    VectorPairs,
}

/// <summary>Refuses options that say something about another kind of data: ignored, they would leave the user with something else than asked for.</summary>
internal static class UnusedOptions
{
    /// <param name="source">What the user says about the data.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="kind">What it is.</param>
    /// <exception cref="BadInputException">An option does not apply to it, or two options contradict each other.</exception>
    public static void Check(DataSource source, string name, DataKind kind)
    {
        Refuse(source.LabelMeans is not null, "label-means", "a list of pairs", kind is DataKind.PairList or DataKind.VectorPairs);
        Refuse(source.FoldersAre is not null, "folders-are", "a folder of images", kind is DataKind.ImageFolder);
        Refuse(source.ClassFrom is not null, "class-from", "a folder of images", kind is DataKind.ImageFolder);
        Refuse(source.Inputs is not (null or InputKinds.Vectors), "inputs", "a folder or a list of files", kind is DataKind.ImageFolder or DataKind.ImageList or DataKind.PairList);
        Refuse(source.SkipsUnreadable, "skip-unreadable", "a folder or a list of image files", kind is DataKind.ImageFolder or DataKind.ImageList or DataKind.PairList or DataKind.VectorList or DataKind.VectorPairs);
        Refuse(source.Inputs is InputKinds.Vectors, "inputs", $"a file of vectors ({VectorFiles.Formats})", kind is DataKind.Vectors or DataKind.VectorList or DataKind.VectorPairs, " vectors");
        if (source is { FoldersAre: not null, ClassFrom: not null })
            throw new BadInputException("'class-from' finds the classes in the images' names, so 'folders-are' says nothing. Leave one of them out.");

        void Refuse(bool isStated, string option, string needed, bool applies, string value = "")
        {
            if (isStated && !applies)
                throw new BadInputException($"'{option}'{value} needs {needed}, and {name} is not one. Leave it out.");
        }
    }
}
