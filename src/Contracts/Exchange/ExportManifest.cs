using System.Collections.Immutable;
using System.Text.Json;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Exchange;

/// <summary>
/// What an exported folder holds, one version of an ensemble: the file `manifest.json`. A trial is exported as an ensemble of
/// one, so that there is one way to use a folder.
/// </summary>
public sealed record ExportManifest
{
    public const string FileName = "manifest.json";

    /// <summary>Distances of validation pairs, for operating points.</summary>
    public const string ValidationName = "validation.safetensors";

    /// <summary>Training images as the members see them, for the novelty check.</summary>
    public const string ReferencesName = "references.safetensors";

    /// <summary>What every manifest calls itself.</summary>
    public const string TheFormat = "siamese-ensemble";

    /// <summary>The version of the format that this build writes and reads.</summary>
    public const int TheFormatVersion = 1;

    public required string Format { get; init; }

    public required int FormatVersion { get; init; }

    /// <summary>The ensemble's name where it was exported, or the start of the trial's id.</summary>
    public required string Name { get; init; }

    /// <summary>Its version there, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The version's <see cref="Exchange.VersionHash"/>.</summary>
    public required string VersionHash { get; init; }

    public required DateTimeOffset FormedAt { get; init; }

    public required ExportedData Data { get; init; }

    /// <summary>What an image undergoes before a member sees it.</summary>
    public required Preprocessing Preprocessing { get; init; }

    public required ImmutableArray<ExportedMember> Members { get; init; }

    /// <summary>On validation pairs.</summary>
    public required PairMetrics Validation { get; init; }

    /// <summary>On test pairs; null where it was never measured.</summary>
    public required PairMetrics? Test { get; init; }

    /// <summary>Every file of the folder but this one.</summary>
    public required ImmutableArray<ExportedFile> Files { get; init; }

    /// <summary>As a file. The same manifest gives the same bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ExchangeJson.Default.ExportManifest);

    /// <summary>Reads what <see cref="Write"/> wrote, and believes nothing of it: its paths are those of files below one folder.</summary>
    /// <exception cref="InvalidDataException">It is no manifest, one of another format version, or one that cannot be; says why.</exception>
    public static ExportManifest Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            CheckFormat(bytes);
            var manifest = JsonSerializer.Deserialize(bytes, ExchangeJson.Default.ExportManifest)!;
            ManifestCheck.Check(manifest);
            return manifest;
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"It is no manifest of an exported ensemble: {problem.Message}", problem);
        }
    }

    /// <summary>The file of that path.</summary>
    /// <exception cref="InvalidDataException">It lists none.</exception>
    public ExportedFile File(string path) =>
        Files.FirstOrDefault(file => file.Path == path) ?? throw new InvalidDataException($"It does not list the file '{path}'.");

    /// <summary>The files that an import takes in: all but the loader, which every build has, and the calibration, which is sent with the manifest.</summary>
    public IEnumerable<ExportedFile> Wanted => Files.Where(file =>
        file.Path is ValidationName or ReferencesName || Members.Any(member => member.Weights == file.Path));

    /// <summary>First, for a later version may say all else in other words.</summary>
    private static void CheckFormat(ReadOnlySpan<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes.ToArray());
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind is not JsonValueKind.String || format.GetString() != TheFormat
            || !root.TryGetProperty("formatVersion", out var version) || version.ValueKind is not JsonValueKind.Number)
        {
            throw new InvalidDataException("It is no manifest of an exported ensemble.");
        }

        if (!version.TryGetInt32(out var number) || number != TheFormatVersion)
        {
            throw new InvalidDataException(
                $"It is of format version {version.GetRawText()}, and this build reads version {TheFormatVersion}. Import it with the build that exported it or a later one.");
        }
    }
}
