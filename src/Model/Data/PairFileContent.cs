using Siamese.Contracts.Pairs;

namespace Siamese.Model.Data;

/// <summary>A CSV of pairs as read, before splitting.</summary>
/// <param name="Path">Path of the CSV.</param>
/// <param name="Images">The images, each once, without a class.</param>
/// <param name="Pairs">Pairs of them, in the order of the rows.</param>
/// <param name="Contents">A hash of each image's file.</param>
/// <param name="Content">Hash over everything that was read.</param>
/// <param name="LabelMeans">What a 1 means; null if not stated.</param>
/// <param name="Repeated">Number of rows that repeat an earlier row.</param>
internal sealed record PairFileContent(
    string Path, ImageSet Images, ImagePair[] Pairs, UInt128[] Contents, ContentHash Content, Relation? LabelMeans, int Repeated);
