namespace Siamese.Contracts.Data;

/// <summary>
/// Recognises folders of genuine and of forged images: genuine/writer and forged/writer, or writer/genuine and writer/forged.
/// The writer is the class of both.
/// </summary>
internal static class ForgedFolders
{
    /// <param name="root">The folder that contains them.</param>
    /// <param name="folders">Folders of images, as class or as group/class.</param>
    /// <param name="otherwise">The value of `folders-are` that takes them as they are.</param>
    /// <returns>The folders with their writers as classes; unchanged if they are not folders of genuine and forged images.</returns>
    /// <exception cref="BadInputException">There are folders of genuine and forged images, but none of writers.</exception>
    public static IReadOnlyList<ClassFolder> Recognise(string root, IReadOnlyList<ClassFolder> folders, string otherwise)
    {
        if (folders.Any(folder => folder.Group is null))
        {
            return folders.Count == 2 && AreBothKinds(folders, folder => folder.Name)
                ? throw new BadInputException(
                    $"{root} has the folders {folders[0].Name} and {folders[1].Name}, which look like genuine and forged images, but no folders of writers. If the writer is in the files' names, as in {folders[0].Images[0]}, say where with 'class-from', such as *_{{class}}_{{n}}.png; if these two are classes, add 'folders-are' {otherwise}.")
                : folders;
        }

        if (AreBothKinds(folders, folder => folder.Group!))
            return [.. folders.Select(folder => folder with { Name = Inner(folder), Group = null, IsForged = ForgedNames.IsForged(folder.Group!)!.Value })];
        if (AreBothKinds(folders, Inner))
            return [.. folders.Select(folder => folder with { Name = folder.Group!, Group = null, IsForged = ForgedNames.IsForged(Inner(folder))!.Value })];
        return folders;
    }

    /// <summary>Whether every name stands for one of the kinds, and both occur.</summary>
    private static bool AreBothKinds(IReadOnlyList<ClassFolder> folders, Func<ClassFolder, string> nameOf)
    {
        var kinds = folders.Select(folder => ForgedNames.IsForged(nameOf(folder))).Distinct().ToArray();
        return kinds.Length == 2 && kinds.Contains(true) && kinds.Contains(false);
    }

    private static string Inner(ClassFolder folder) => folder.Name[(folder.Name.LastIndexOf('/') + 1)..];
}
