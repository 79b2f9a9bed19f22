namespace Siamese.Model.Data;

/// <summary>A folder with the images of one class.</summary>
/// <param name="Path">Path of the folder.</param>
/// <param name="Name">Name of the class: the folder's name, or `group/class`.</param>
/// <param name="Group">Name of its group, or null.</param>
/// <param name="Images">File names of its images, in ordinal order.</param>
internal sealed record ClassFolder(string Path, string Name, string? Group, string[] Images);
