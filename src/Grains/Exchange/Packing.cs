using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Ensembles;
using Siamese.Model.Networks;

namespace Siamese.Grains.Exchange;

/// <summary>Converts a version of an ensemble to an exported folder, and back.</summary>
internal static class Packing
{
    /// <summary>Where a member's weights are in the folder.</summary>
    public static string WeightsPath(string trial) => $"weights/{trial}.safetensors";

    /// <param name="summary">One version.</param>
    /// <param name="files">Every file except the manifest.</param>
    public static ExportManifest Manifest(EnsembleSummary summary, IEnumerable<ExportedFile> files) => new()
    {
        Format = ExportManifest.TheFormat,
        FormatVersion = ExportManifest.TheFormatVersion,
        Name = summary.Ensemble.Name,
        Version = summary.Ensemble.Version,
        VersionHash = VersionHash.Of(summary.Ensemble),
        FormedAt = summary.Ensemble.FormedAt,
        Data = ExportedData.Of(summary.Ensemble.Data, summary.Ensemble.Members[0].Spec.DataFingerprint),
        Preprocessing = PreprocessingOf(summary.Ensemble),
        Members = [.. summary.Ensemble.Members.Select(Describe)],
        Validation = summary.Ensemble.Validation,
        Test = summary.Test,
        Files = [.. files],
    };

    private static Preprocessing PreprocessingOf(Ensemble ensemble)
    {
        var inputs = EnsembleParts.InputsOf(ensemble);
        var its = inputs.HasFlag(InputKinds.Strokes) ? Preprocessing.WithStrokes : inputs is InputKinds.Vectors ? Preprocessing.WithVectors : Preprocessing.OfImages;
        return ensemble.Members.Any(member => Encoders.InputOf(member.Spec.Hyperparameters) is BackboneShape) ? its.WithBackbones() : its;
    }

    public static ExportedCalibration Calibration(Ensemble ensemble) => new()
    {
        Members = [.. ensemble.Members.Select(member => new ExportedThreshold(member.Trial, member.Threshold, member.Weight, member.Spec.Hyperparameters.Distance) { Spread = member.Spread.IsEmpty ? null : member.Spread })],
        Threshold = ensemble.Threshold,
        Prior = VerdictTerms.Default.Prior,
        Platt = new(ensemble.PlattA, ensemble.PlattB),
        Isotonic = ensemble.Isotonic,
        Recalibration = ensemble.Recalibration,
        Parts = ensemble.Parts.IsEmpty ? null : ensemble.Parts,
        References = ensemble.References.IsEmpty ? null : ensemble.References,
        Check = ensemble.CalibrationCheck,
    };

    /// <summary>The version in an exported folder, under a name of its own.</summary>
    /// <param name="manifest">The folder's manifest.</param>
    /// <param name="calibration">The folder's thresholds and calibration.</param>
    /// <param name="name">Its name here.</param>
    /// <param name="version">Its version here.</param>
    /// <param name="blobOf">Returns the blob of a file; null if it has none.</param>
    /// <exception cref="InvalidDataException">They do not match each other, or were changed after the export.</exception>
    public static EnsembleSummary Unpack(ExportManifest manifest, ExportedCalibration calibration, string name, int version, Func<string, string?> blobOf)
    {
        if (!manifest.Members.Select(member => (member.Trial, member.Hyperparameters.Distance)).SequenceEqual(calibration.Members.Select(member => (member.Trial, member.Distance))))
            throw new InvalidDataException($"{ExportManifest.FileName} and {ExportedCalibration.FileName} do not have the same members.");
        if (manifest.Members.Zip(calibration.Members).FirstOrDefault(pair => pair.Second.Spread is { } spread && spread.Length != Encoders.WidthOf(pair.First.Hyperparameters)).Second is { } uneven)
            throw new InvalidDataException($"The spread of member {uneven.Trial} has another length than its embeddings.");
        var ensemble = new Ensemble
        {
            Name = name,
            Version = version,
            FormedAt = manifest.FormedAt,
            Members = [.. manifest.Members.Zip(calibration.Members, (member, part) => Restore(member, part, manifest.File(member.Weights).Sha256))],
            Threshold = calibration.Threshold,
            PlattA = calibration.Platt.A,
            PlattB = calibration.Platt.B,
            Isotonic = calibration.Isotonic,
            Recalibration = calibration.Recalibration,
            CalibrationCheck = calibration.Check,
            Parts = calibration.Parts ?? [],
            References = calibration.References ?? [],
            ValidationBlob = blobOf(ExportManifest.ValidationName),
            ReferencesBlob = blobOf(ExportManifest.ReferencesName),
            Data = manifest.Data.ToSource(),
            Validation = manifest.Validation,
        };
        return VersionHash.Of(ensemble) == manifest.VersionHash
            ? new EnsembleSummary(ensemble, manifest.Test)
            : throw new InvalidDataException($"Its members, weights and thresholds do not match the version hash that {ExportManifest.FileName} states.");
    }

    private static ExportedMember Describe(Member member)
    {
        var spec = member.Spec;
        return new(
            member.Trial, spec.Hyperparameters, spec.DataFingerprint, spec.Shard, spec.Shards, spec.Seed, spec.CodeVersion,
            InputOf(spec.Hyperparameters), WeightsPath(member.Trial), member.ValidationEer, spec.EndsAfter);
    }

    /// <summary>What a member takes, as a manifest states it.</summary>
    public static ExportedInput InputOf(Hyperparameters hyperparameters) => Encoders.InputOf(hyperparameters) switch
    {
        ImageShape images => new(images.Height, images.Width, images.Channels, images.Fit),
        StrokeShape strokes => new(0, 0) { Points = strokes.Points, Resample = strokes.Resample },
        BackboneShape backbone => new(0, 0) { Features = backbone.Width, Backbone = backbone.Name.Manifest },
        VectorShape vectors => new(0, 0) { Features = vectors.Width },
        var other => throw new ArgumentException($"{other} cannot be exported.", nameof(hyperparameters)),
    };

    private static Member Restore(ExportedMember member, ExportedThreshold part, string weights) => new()
    {
        Trial = member.Trial,
        Spec = member.ToSpec(),
        WeightsBlob = weights,
        Threshold = part.Threshold,
        Weight = part.Weight,
        Spread = part.Spread ?? [],
        ValidationEer = member.ValidationEer,
    };
}
