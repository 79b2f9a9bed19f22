using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Exchange;

/// <summary>`export TRIAL|ENSEMBLE[@VERSION] --out DIR`: writes weights, calibration and a loader for PyTorch into a folder.</summary>
internal sealed class ExportCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private const string Loader = "siamese_ensemble.py";

    private readonly Argument<string> _target = new("TRIAL|ENSEMBLE[@VERSION]")
    {
        Description = "Ensemble, such as digits, or digits@3 for version 3; or a trial id (its first characters are enough), exported as an ensemble of one.",
    };

    private readonly Option<string?> _out = new("--out") { HelpName = "DIR", Description = "Folder to write to; it must be empty or not exist yet." };

    private readonly Option<string?> _sign = new("--sign") { HelpName = "FILE", Description = "Sign the export with this private key (PEM, for ECDSA), for `import --trusted-key`." };

    public Command Describe()
    {
        var command = new Command("export", "Export an ensemble or a trial to a folder, for another cluster or for PyTorch.") { _target, _out, _sign };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice) = (common.Format(line), common.Cluster(line));
        var target = line.GetRequiredValue(_target);
        var path = OutputFolder.Named(_out.Name, line.GetValue(_out));
        using var key = line.GetValue(_sign) is { } file ? ManifestSignature.PrivateKey(_sign.Name, file) : null;
        using var folder = new ExportFolder(_out.Name, path);
        await using var calls = surroundings.To(choice);
        var wanted = await new ExportTarget(calls, surroundings.End).Find(_target.Name, target);
        var document = await Export(calls, wanted, folder, path, key);
        surroundings.Terminal.Answer(format, document, ExportedJson.Default.ExportedDocument, console => Write(console, document));
        return ExitCode.Done;
    }

    private async Task<ExportedDocument> Export(Calls calls, ExportKey wanted, ExportFolder folder, string path, ECDsa? key)
    {
        var name = wanted.ToString();
        var files = await calls.MakeLarge((cluster, token) => cluster.Exports(name).Pack(token), surroundings.End);
        foreach (var file in files)
        {
            await folder.Write(
                file, offset => calls.MakeLarge((cluster, token) => cluster.Exports(name).Read(file.Path, offset, token), surroundings.End), surroundings.End);
        }

        var manifest = folder.Read(ExportManifest.FileName);
        if (key is not null)
            folder.Add(ManifestSignature.FileName, ManifestSignature.Sign(key, manifest));
        folder.Complete();
        return ExportedDocument.Of(ExportManifest.Read(manifest), path, files);
    }

    private static void Write(IAnsiConsole console, ExportedDocument document)
    {
        console.WriteLine(
            $"Exported {document.Ensemble}, version {document.Version}, to {document.Folder}: {Figures.Of(document.Members.Count, "member")}, "
            + $"{Figures.Of(document.Files.Count, "file")}, {Figures.Megabytes(document.Files.Sum(file => file.Bytes))}.");
        console.WriteLine($"For PyTorch: {ShellWord.Of(Path.Combine(document.Folder, Loader))}. Into another cluster: client import {ShellWord.Of(document.Folder)}");
    }
}

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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ExportedDocument))]
internal sealed partial class ExportedJson : JsonSerializerContext;
