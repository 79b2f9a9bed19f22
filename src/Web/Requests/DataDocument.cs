using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tuning;

namespace Siamese.Web.Requests;

/// <summary>An uploaded data set, and what it means.</summary>
/// <param name="Manifest">SHA-256 of the manifest of its upload; the built-in `mnist-mini` if none is stated.</param>
/// <param name="Name">What to call it.</param>
/// <param name="SplitBy">What is kept apart between training, validation and test: `image`, `class` or `group`; `image` by default.</param>
/// <param name="LabelMeans">What a 1 in a list of pairs means: `same` or `different`.</param>
/// <param name="FoldersAre">What the folders in a folder of images are.</param>
/// <param name="ClassFrom">Place of the class in an image's name.</param>
/// <param name="SkipUnreadable">Whether files with problems are left out.</param>
/// <param name="Features">A file of vectors in the upload, relative to its folder, whose ids or rows the uploaded list names.</param>
/// <param name="Inputs">Whether the items are `images`, `strokes`, `both` or `vectors`.</param>
internal sealed record DataDocument(
    string? Manifest = null, string? Name = null, string? SplitBy = null, string? LabelMeans = null, string? FoldersAre = null, string? ClassFrom = null, bool SkipUnreadable = false, string? Inputs = null, string? Features = null)
{
    /// <exception cref="BadInputException">A value is not valid.</exception>
    public DataSource Source()
    {
        var source = new DataSource
        {
            Manifest = Manifest,
            Name = Name ?? Manifest,
            SplitBy = SplitBy is null ? default : Words.Read<SplitBy>("'splitBy'", SplitBy),
            LabelMeans = LabelMeans is null ? null : Words.Read<Relation>("'labelMeans'", LabelMeans),
            FoldersAre = FoldersAre is null ? null : Words.Read<FoldersAre>("'foldersAre'", FoldersAre),
            ClassFrom = ClassFrom,
            SkipsUnreadable = SkipUnreadable,
            Features = Features,
            Inputs = Inputs is null ? null : Words.Read<InputKinds>("'inputs'", Inputs),
        };
        source.Check();
        return source;
    }
}
