using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Exchange;

/// <summary>Where an exported folder has the files of its backbones: a folder for each, named after the backbone's manifest.</summary>
public static class BackbonePaths
{
    private const string Folder = "backbones/";

    /// <summary>The folder of a backbone.</summary>
    public static string FolderOf(string manifest) => Folder + manifest;

    /// <summary>The files of a backbone, in the order of its manifest.</summary>
    public static IEnumerable<string> FilesOf(string manifest) => new[] { BackboneSettings.FileName, BackboneSettings.NetworkName }.Select(file => $"{FolderOf(manifest)}/{file}");

    /// <summary>The manifests of the backbones of an exported ensemble, each once.</summary>
    public static IEnumerable<string> ManifestsOf(ExportManifest export) => export.Members.Select(member => member.Input.Backbone).OfType<string>().Distinct();

    /// <exception cref="InvalidDataException">A backbone has no valid name, or its files are not listed.</exception>
    internal static void Check(ExportManifest export)
    {
        foreach (var manifest in ManifestsOf(export))
        {
            if (!DataManifest.IsHash(manifest))
                throw new InvalidDataException($"'{manifest}' is not the name of the manifest of a backbone.");
            foreach (var file in FilesOf(manifest))
                _ = export.File(file);
        }
    }
}
