using System.Globalization;

namespace Siamese.Contracts.Data.Lists;

/// <summary>The images of a list that names the class of each.</summary>
public static class ClassList
{
    /// <param name="list">A list of images.</param>
    /// <param name="source">Whether rows with problems are left out, instead of refusing the list, and what its items are.</param>
    /// <exception cref="BadInputException">The list names no classes, or rows are invalid; the message names up to twenty.</exception>
    public static FoundImages Find(ImageList list, DataSource source)
    {
        if (!list.HasClasses)
        {
            throw new BadInputException(
                $"{list.Path} names one image per row but no classes. Add a column with the class of each image, or a second image and a label.");
        }

        var problems = new Problems();
        var found = new Dictionary<string, FoundImage>();
        var contradicted = new HashSet<string>();
        var repeated = 0;
        foreach (var row in list.Rows)
        {
            problems.Try(() =>
            {
                var image = Of(list, row);
                if (!list.Paths.Exists(image.Path))
                    throw list.Missing(row, image.Name);
                if (found.TryAdd(image.Path, image))
                    return;
                repeated++;
                if ((found[image.Path].Class, found[image.Path].IsForged) != (image.Class, image.IsForged))
                    contradicted.Add(image.Path);
            });
        }

        List<string> remarks = [.. list.Remarks(), .. problems.Report(list.Path, source.SkipsUnreadable, "whose rows were left out")];
        if (repeated > contradicted.Count)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"Rows ignored because they repeat an earlier image: {repeated - contradicted.Count}."));
        if (contradicted.Count > 0)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"Images left out because the list gives them two classes: {contradicted.Count}, such as {found[contradicted.First()].Name}."));
        return new FoundImages([.. found.Values.Where(image => !contradicted.Contains(image.Path)).OrderBy(image => image.Part)], remarks, []).With(list.Kinds(source.Inputs));
    }

    private static FoundImage Of(ImageList list, ListRow row)
    {
        var image = list.ImagesOf(row)[0];
        var path = list.Paths.PathOf(image);
        // The name is part of the content's hash: that of the row, however the list writes it.
        return new(path, list.Paths.RowOf(path) is null ? image : path, list.ClassOf(row), list.HasGroups ? list.GroupOf(row) : null, list.HasSplits ? list.SplitOf(row) : null, list.HasKinds && list.IsForged(row))
        {
            Row = list.Paths.RowOf(path),
        };
    }
}
