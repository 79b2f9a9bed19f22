using Siamese.Contracts.Data;

namespace Siamese.Contracts.Exchange;

/// <summary>Checks whether the content of a manifest is valid.</summary>
internal static class ManifestCheck
{
    /// <exception cref="InvalidDataException">It is not; the message says why.</exception>
    public static void Check(ExportManifest manifest)
    {
        Require(!manifest.Files.IsDefaultOrEmpty && !manifest.Members.IsDefaultOrEmpty, "It lists no files or no members.");
        Require(!manifest.Files.Contains(null!) && !manifest.Members.Contains(null!), "A file or a member in it is null.");
        Require(manifest.Version >= 1, $"Its version is {manifest.Version}; versions begin with 1.");
        foreach (var file in manifest.Files)
        {
            Require(DataManifest.IsBelow(file.Path), $"It lists '{file.Path}', which is not a file below the folder.");
            Require(file.Length is > 0 and <= ExchangeLimits.FileBytes && DataManifest.IsHash(file.Sha256), $"It lists '{file.Path}' with a length or a hash that is not valid.");
            Require(file.Path is not ExportManifest.FileName, "It lists itself.");
        }

        Require(manifest.Files.DistinctBy(file => file.Path).Count() == manifest.Files.Length, "It lists a file twice.");
        _ = manifest.File(ExportedCalibration.FileName);
        foreach (var member in manifest.Members)
            Check(member, manifest);
        BackbonePaths.Check(manifest);
        Require(manifest.Members.DistinctBy(member => member.Trial).Count() == manifest.Members.Length, "It lists a member twice.");
        Require(manifest.Members.DistinctBy(member => member.Weights).Count() == manifest.Members.Length, "Two of its members share a weights file.");
    }

    private static void Check(ExportedMember member, ExportManifest manifest)
    {
        _ = manifest.File(member.Weights);
        Require(
            member.Weights is not (ExportedCalibration.FileName or ExportManifest.ValidationName or ExportManifest.ReferencesName),
            $"It lists the weights of member {member.Trial} as {member.Weights}, which is another file.");
        var id = member.ToSpec().Id;
        Require(id == member.Trial, $"Member {member.Trial} has the hyperparameters, data, seed and code of trial {id}.");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidDataException(otherwise);
    }
}
