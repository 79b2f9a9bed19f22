using Siamese.Contracts.Data;

namespace Siamese.Model.Data;

/// <summary>A CSV of pairs as it was read, before it is split.</summary>
/// <param name="Path">Of the CSV.</param>
/// <param name="Images">The images, each once, without a class.</param>
/// <param name="Pairs">Pairs of them, in the order of the rows.</param>
/// <param name="Contents">A hash of each image's file.</param>
/// <param name="Content">Hash over everything that was read.</param>
/// <param name="LabelMeans">What a 1 means; null where that was not said.</param>
/// <param name="Repeated">Rows that said once more what a row before had said.</param>
internal sealed record PairFileContent(
    string Path, ImageSet Images, ImagePair[] Pairs, UInt128[] Contents, ContentHash Content, Relation? LabelMeans, int Repeated);
