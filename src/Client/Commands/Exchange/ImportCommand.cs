using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Uploads;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Exchange;

/// <summary>`import DIR`: imports what was exported from another cluster, as a separate ensemble.</summary>
internal sealed class ImportCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder written by `client export`." };
    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "Name for the ensemble in this cluster. [default: its exported name]" };
    private readonly Option<bool> _default = new("--default") { Description = "From now on, use it for verdicts that name no ensemble, until another is trained." };
    private readonly Option<string[]> _trustedKey = new("--trusted-key")
    {
        HelpName = "FILE",
        Description = "Import only what was signed with the private key of this public key (PEM). Can be repeated: any of them will do.",
    };

    public Command Describe()
    {
        var command = new Command("import", "Import an exported ensemble into this cluster.") { _folder, _name, _default, _trustedKey };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice) = (common.Format(line), common.Cluster(line));
        var stated = line.GetValue(_name) is { } given ? SweepId.Check(_name.Name, given) : null;
        ECDsa[] trusted = [.. (line.GetValue(_trustedKey) ?? []).Select(file => ManifestSignature.PublicKey(_trustedKey.Name, file))];
        var folder = await ImportFolder.Open(line.GetRequiredValue(_folder), trusted, surroundings.End);
        var name = stated ?? SweepId.Check(ExportManifest.FileName, folder.Manifest.Name);
        await using var calls = surroundings.To(choice);
        var document = await Bring(calls, folder, name, line.GetValue(_default));
        surroundings.Terminal.Answer(format, document, ImportedJson.Default.ImportedDocument, console => Write(console, document));
        return ExitCode.Done;
    }

    private async Task<ImportedDocument> Bring(Calls calls, ImportFolder folder, string name, bool isForAll)
    {
        foreach (var backbone in BackbonePaths.ManifestsOf(folder.Manifest))
        {
            var local = new LocalData($"backbone {backbone[..8]}", folder.FolderOf(backbone), [BackboneSettings.FileName, BackboneSettings.NetworkName]);
            if (await new Upload(surroundings, calls).Send(local) != backbone)
                throw new BadInputException($"{local.Folder} does not have the backbone whose manifest it is named after. Export the ensemble again, or copy the whole folder again.");
        }

        var standing = await calls.MakeLarge(
            (cluster, token) => cluster.Imports(name).Begin(folder.ManifestBytes, folder.CalibrationBytes, folder.Headers, token), surroundings.End);
        if (standing.There is { } there)
        {
            if (isForAll)
                await calls.Make((cluster, token) => cluster.Imports(name).Finish(isForAll, token), surroundings.End);
            return Document(there, folder, 0, wasThere: true);
        }

        ExportedFile[] files = [.. standing.Missing.Select(folder.Manifest.File)];
        using var progress = new UploadProgress(surroundings, name);
        progress.Begin(files.Sum(file => file.Length));
        foreach (var file in files)
            await Send(calls, folder, name, file, progress);
        var summary = await calls.MakeLarge((cluster, token) => cluster.Imports(name).Finish(isForAll, token), surroundings.End);
        return Document(summary, folder, files.Sum(file => file.Length), wasThere: false);
    }

    /// <summary>If a silo is lost midway, the next one starts the file again.</summary>
    private async Task Send(Calls calls, ImportFolder folder, string name, ExportedFile file, UploadProgress progress)
    {
        for (var at = 0L; at < file.Length;)
        {
            var (offset, piece) = (at, folder.Read(file.Path, at));
            at = await calls.MakeLarge((cluster, token) => cluster.Imports(name).Send(file.Path, offset, piece, token), surroundings.End);
            progress.Sent(at - offset);
        }
    }

    private static ImportedDocument Document(EnsembleSummary summary, ImportFolder folder, long sent, bool wasThere) => new(
        summary.Ensemble.Name, summary.Ensemble.Version, VersionHash.Of(summary.Ensemble), $"{folder.Manifest.Name}@{folder.Manifest.Version}",
        [.. summary.Ensemble.Members.Select(member => member.Trial)], sent, wasThere);

    private static void Write(IAnsiConsole console, ImportedDocument document)
    {
        console.WriteLine(
            document.WasThere
                ? $"Ensemble {document.Ensemble} is already here and identical."
                : $"Imported {document.Ensemble}, version {document.Version} (exported as {document.From}): {Figures.Of(document.Members.Count, "member")}, {Figures.Megabytes(document.SentBytes)}.");
        console.WriteLine($"Ask it about two images: client verdict A.png B.png --ensemble {document.Ensemble}");
    }
}

/// <summary>What `import` added to the cluster.</summary>
/// <param name="Ensemble">Its name in this cluster.</param>
/// <param name="Version">Its version in this cluster.</param>
/// <param name="Hash">One hash of everything that decides its verdicts; equal to that of the exported version.</param>
/// <param name="From">Its name and version when exported, as `digits@3`.</param>
/// <param name="Members">The members' trials.</param>
/// <param name="SentBytes">Number of bytes that the cluster did not have yet.</param>
/// <param name="WasThere">Whether the same version had already been imported, so there was nothing to do.</param>
internal sealed record ImportedDocument(string Ensemble, int Version, string Hash, string From, IReadOnlyList<string> Members, long SentBytes, bool WasThere);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ImportedDocument))]
internal sealed partial class ImportedJson : JsonSerializerContext;
