using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Commands.Galleries;

/// <summary>`enroll NAME IMAGE...`: adds images of somebody or something to an ensemble's gallery. `enroll --from DIR|LIST`: many at once.</summary>
internal sealed class EnrollCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string?> _name = new("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "Who or what the images show." };
    private readonly Argument<string[]> _images = new("IMAGE") { Arity = ArgumentArity.ZeroOrMore, Description = $"Image files ({DataFiles.Formats}) or files of pen strokes." };
    private readonly Option<string?> _from = new("--from") { HelpName = "DIR|LIST", Description = "Enroll in bulk: from a folder with one subfolder of images per name, or from a list with a name and an image path per row." };
    private readonly Option<string?> _ensemble = EnsembleOption.Named();
    private readonly Option<bool> _later = new("--later") { Description = "Let the first `identify` compute the embeddings, instead of computing them now." };

    public Command Describe()
    {
        var command = new Command("enroll", "Enroll images under a name, for `identify` to find.") { _name, _images, _from, _ensemble, _later };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice, named) = (common.Format(line), common.Cluster(line), EnsembleOption.Name(line, _ensemble));
        if (line.GetValue(_from) is not null && line.GetValue(_name) is not null)
            throw new BadInputException($"Give a name and its images or {_from.Name}, not both.");
        var from = line.GetValue(_from) is { } path ? ImagesToEnroll.Find(path) : null;
        var images = from is null ? await Images(line) : [];
        await using var calls = surroundings.To(choice);
        var start = surroundings.Clock.GetTimestamp();
        var ensemble = named ?? await EnsembleLookup.Newest(calls, surroundings.End);
        var enrolment = from is not null
            ? await new BulkEnrolment(surroundings, calls).Run(ensemble, from)
            : await calls.MakeLarge((cluster, token) => cluster.Identifying(ensemble).Enroll([.. images], wholly: true, token), surroundings.End);
        int? version = line.GetValue(_later) ? null : await Prepare(calls, ensemble);
        var seconds = surroundings.Clock.GetElapsedTime(start).TotalSeconds;
        surroundings.Terminal.Answer(
            format, new EnrolmentDocument(ensemble, version, enrolment.Added, enrolment.Known, enrolment.Shared, enrolment.Problems, seconds), EnrolmentJson.Default.EnrolmentDocument,
            console => GalleryReport.Write(console, enrolment, ensemble, seconds));
        return enrolment.Problems.IsEmpty ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private async Task<List<NamedImage>> Images(ParseResult line)
    {
        var name = line.GetValue(_name);
        var paths = line.GetValue(_images) ?? [];
        if (name is null || paths.Length == 0)
            throw new BadInputException($"Give a name and at least one image, or {_from.Name} with a folder or a list; see `client enroll --help`.");
        ReferenceName.Check(name);
        var images = new List<NamedImage>();
        foreach (var path in paths)
            images.Add(new(name, await ImageReading.ReadWithStrokes(path, surroundings.End)));
        return images.Count <= IIdentifyGrain.MaximumImages && images.Sum(image => image.File.Size) <= IIdentifyGrain.MaximumBytes
            ? images
            : throw new BadInputException(
                $"{images.Count} images are too many or too large to enroll at once; put them in a subfolder {name} of a folder, and pass that folder with {_from.Name}.");
    }

    /// <returns>The version that has embedded all enrolled images.</returns>
    private async Task<int> Prepare(Calls calls, string ensemble) => (await Readiness.Wait(
        surroundings, calls, (cluster, token) => cluster.Identifying(ensemble).Prepare(version: null, token), progress => progress)).Version;
}

/// <summary>What `enroll` did.</summary>
/// <param name="Version">The version that has embedded every enrolled image; null if that is left for later.</param>
/// <param name="Added">Number of newly enrolled images.</param>
/// <param name="Known">Number of images that were already enrolled.</param>
/// <param name="Shared">For each newly enrolled image that is also enrolled under other names, a sentence.</param>
/// <param name="Problems">For each image that could not be enrolled, the reason.</param>
internal sealed record EnrolmentDocument(string Ensemble, int? Version, int Added, int Known, IReadOnlyList<string> Shared, IReadOnlyList<string> Problems, double Seconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EnrolmentDocument))]
internal sealed partial class EnrolmentJson : JsonSerializerContext;
