using System.Collections.Immutable;
using System.Text.Json;
using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Exchange;

/// <summary>
/// Describes an exported folder, which contains one version of an ensemble: the file `manifest.json`. A trial is exported as
/// an ensemble of one, so that there is only one way to use a folder.
/// </summary>
public sealed record ExportManifest
{
    public const string FileName = "manifest.json";

    /// <summary>Distances of validation pairs, for operating points.</summary>
    public const string ValidationName = "validation.safetensors";

    /// <summary>The members' embeddings of training images, for the novelty check.</summary>
    public const string ReferencesName = "references.safetensors";

    /// <summary>The name of the format, in every manifest.</summary>
    public const string TheFormat = "siamese-ensemble";

    /// <summary>The version of the format that this build writes and reads.</summary>
    public const int TheFormatVersion = 1;

    public required string Format { get; init; }

    public required int FormatVersion { get; init; }

    /// <summary>The ensemble's name in the cluster that exported it, or the start of the trial's id.</summary>
    public required string Name { get; init; }

    /// <summary>Its version there, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The version's <see cref="Exchange.VersionHash"/>.</summary>
    public required string VersionHash { get; init; }

    public required DateTimeOffset FormedAt { get; init; }

    public required ExportedData Data { get; init; }

    /// <summary>How an image is processed before a member sees it.</summary>
    public required Preprocessing Preprocessing { get; init; }

    public required ImmutableArray<ExportedMember> Members { get; init; }

    /// <summary>Metrics on validation pairs.</summary>
    public required PairMetrics Validation { get; init; }

    /// <summary>Metrics on test pairs; null if never measured.</summary>
    public required PairMetrics? Test { get; init; }

    /// <summary>Every file of the folder except this one.</summary>
    public required ImmutableArray<ExportedFile> Files { get; init; }

    /// <summary>Serializes the manifest as a file. The same manifest gives the same bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ExchangeJson.Default.ExportManifest);

    /// <summary>Reads what <see cref="Write"/> wrote, without trusting it: every path must lie below one folder.</summary>
    /// <exception cref="InvalidDataException">It is not a valid manifest, or has another format version; the message says why.</exception>
    public static ExportManifest Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            CheckFormat(bytes);
            var manifest = JsonSerializer.Deserialize(bytes, ExchangeJson.Default.ExportManifest)!;
            ManifestCheck.Check(manifest);
            return manifest;
        }
        // Text may be half of a surrogate pair.
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"It is not a manifest of an exported ensemble: {problem.Message}", problem);
        }
    }

    /// <summary>The file with this path.</summary>
    /// <exception cref="InvalidDataException">The manifest does not list it.</exception>
    public ExportedFile File(string path) =>
        Files.FirstOrDefault(file => file.Path == path) ?? throw new InvalidDataException($"It does not list the file '{path}'.");

    /// <summary>The files that an import needs: all except the loader, which every build has, and the calibration, which is sent with the manifest.</summary>
    public IEnumerable<ExportedFile> Wanted => Files.Where(file =>
        file.Path is ValidationName or ReferencesName || Members.Any(member => member.Weights == file.Path));

    /// <summary>Checked first, because a later version may change everything else.</summary>
    private static void CheckFormat(ReadOnlySpan<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes.ToArray());
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind is not JsonValueKind.String || format.GetString() != TheFormat
            || !root.TryGetProperty("formatVersion", out var version) || version.ValueKind is not JsonValueKind.Number)
        {
            throw new InvalidDataException("It is not a manifest of an exported ensemble.");
        }

        if (!version.TryGetInt32(out var number) || number != TheFormatVersion)
        {
            throw new InvalidDataException(
                $"It has format version {version.GetRawText()}, but this build reads version {TheFormatVersion}. Import it with the build that exported it or a later one.");
        }
    }
}
