using Siamese.Contracts;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Readers;

/// <summary>A file of images and the file of their labels, of which only the headers have been read.</summary>
/// <param name="Name">`train` or `t10k`.</param>
/// <param name="ImagesPath">The file of images.</param>
/// <param name="Images">Its header.</param>
/// <param name="LabelsPath">The file of labels.</param>
/// <param name="Labels">Its header.</param>
internal sealed record IdxPart(string Name, string ImagesPath, IdxHeader Images, string LabelsPath, IdxHeader Labels)
{
    /// <summary>Bytes that the unpacked files take.</summary>
    public long Bytes => Images.Values + Labels.Values;

    /// <summary>Reads the headers and checks that they match.</summary>
    /// <exception cref="BadInputException">A header is invalid, the counts differ, or the images are too large.</exception>
    public static IdxPart Open(string name, string images, string labels)
    {
        var part = new IdxPart(name, images, IdxFile.ReadHeader(images, 3), labels, IdxFile.ReadHeader(labels, 1));
        ImageLimits.Check(part.Images.Sizes[2], part.Images.Sizes[1], images);
        return part.Images.Count == part.Labels.Count
            ? part
            : throw new BadInputException(
                $"{images} has {part.Images.Count} images but {labels} has {part.Labels.Count} labels. The numbers must be equal; take both files from the same set.");
    }

    /// <summary>Reads both files.</summary>
    /// <exception cref="BadInputException">A file is truncated, damaged, or has changed since its header was read.</exception>
    public IdxImages Read() => new(Name, IdxFile.Read(ImagesPath, Images), IdxFile.Read(LabelsPath, Labels));
}
