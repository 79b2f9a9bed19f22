using Siamese.Contracts.Exchange;

namespace Siamese.Client.Output.Json;

/// <summary>What `export` wrote.</summary>
/// <param name="Ensemble">The ensemble's name, or the start of the trial's id.</param>
/// <param name="Hash">One hash of everything that decides the version's verdicts.</param>
internal sealed record ExportedDocument(string Ensemble, int Version, string Hash, string Folder, IReadOnlyList<string> Members, IReadOnlyList<ExportedDocument.File> Files)
{
    public static ExportedDocument Of(ExportManifest manifest, string folder, IEnumerable<ExportedFile> files) => new(
        manifest.Name, manifest.Version, manifest.VersionHash, folder, [.. manifest.Members.Select(member => member.Trial)],
        [.. files.Select(file => new File(file.Path, file.Length, file.Sha256))]);

    /// <summary>One file of the folder.</summary>
    internal sealed record File(string Path, long Bytes, string Sha256);
}
