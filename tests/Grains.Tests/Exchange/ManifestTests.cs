using System.Text;
using System.Text.Json.Nodes;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Exchange;

namespace Siamese.Grains.Tests.Exchange;

/// <summary>The documents of an exported folder, and which of them are refused.</summary>
public sealed class ManifestTests
{
    private static readonly SomeMembers _members = SomeMembers.Of(
        new() { EmbeddingSize = 8 }, new() { EmbeddingSize = 8, Encoder = "residual", InputSize = 32, Normalize = null, Distance = "cosine" });

    private static readonly ExportedFile[] _files =
    [
        new(ExportedCalibration.FileName, 1, new string('a', 64)),
        .. _members.Ensemble.Members.Select(member => new ExportedFile(Packing.WeightsPath(member.Trial), 7, member.WeightsBlob)),
    ];

    private static readonly byte[] _manifest = Packing.Manifest(new(_members.Ensemble, Some.Metrics()), _files).Write();
    private static readonly byte[] _calibration = Packing.Calibration(_members.Ensemble).Write();

    [Fact]
    public void A_version_is_read_back_unchanged_under_its_new_name()
    {
        var unpacked = Packing.Unpack(ExportManifest.Read(_manifest), ExportedCalibration.Read(_calibration), "other", 1, path => path);

        var (before, after) = (_members.Ensemble, unpacked.Ensemble);
        Assert.Equal(before.Members.AsEnumerable(), after.Members);
        Assert.Equal((before.Threshold, before.PlattA, before.PlattB, before.FormedAt, before.Validation), (after.Threshold, after.PlattA, after.PlattB, after.FormedAt, after.Validation));
        Assert.Equal(before.Isotonic!.Distances.AsEnumerable(), after.Isotonic!.Distances);
        Assert.Equal(before.Isotonic.Probabilities.AsEnumerable(), after.Isotonic.Probabilities);
        Assert.Equal(("other", 1, Some.Metrics()), (after.Name, after.Version, unpacked.Test));
        Assert.Equal((ExportManifest.ValidationName, ExportManifest.ReferencesName), (after.ValidationBlob, after.ReferencesBlob));
        Assert.Equal(before.Recalibration, after.Recalibration);
        Assert.Equal(VersionHash.Of(before), VersionHash.Of(after));
        // The name of the data is exported; its path is not.
        Assert.Equal("signatures", after.Data.Path);
    }

    [Fact]
    public void Equal_versions_give_equal_human_readable_bytes()
    {
        Assert.Equal(_manifest, Packing.Manifest(new(_members.Ensemble, Some.Metrics()), _files).Write());
        var manifest = JsonNode.Parse(_manifest)!;

        Assert.Equal(("siamese-ensemble", 1, "mixed", 3), ((string)manifest["format"]!, (int)manifest["formatVersion"]!, (string)manifest["name"]!, (int)manifest["version"]!));
        var member = manifest["members"]![1]!;
        Assert.Equal(("residual", "cosine", 32, 32), ((string)member["hyperparameters"]!["encoder"]!, (string)member["hyperparameters"]!["distance"]!, (int)member["hyperparameters"]!["inputSize"]!, (int)member["input"]!["height"]!));
        Assert.Null(member["hyperparameters"]!["normalize"]);
        Assert.DoesNotContain("somebody", Encoding.UTF8.GetString(_manifest), StringComparison.Ordinal);
        Assert.Equal([0.1f, 0.3f, 1.7f], JsonNode.Parse(_calibration)!["isotonic"]!["distances"]!.AsArray().Select(node => (float)node!));
    }

    [Fact]
    public void A_version_hash_depends_on_everything_that_decides_a_verdict_and_nothing_else()
    {
        var ensemble = _members.Ensemble;
        string[] hashes =
        [
            VersionHash.Of(ensemble),
            VersionHash.Of(ensemble with { Threshold = 0.91 }),
            VersionHash.Of(ensemble with { PlattB = -4.0000001 }),
            VersionHash.Of(ensemble with { Isotonic = null }),
            VersionHash.Of(ensemble with { Recalibration = null }),
            VersionHash.Of(ensemble with { Members = [ensemble.Members[0] with { WeightsBlob = new string('b', 64) }, ensemble.Members[1]] }),
            VersionHash.Of(ensemble with { Members = [ensemble.Members[0] with { Threshold = 0.51 }, ensemble.Members[1]] }),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], VersionHash.Of(ensemble with { Name = "other", Version = 1, FormedAt = DateTimeOffset.MaxValue }));
    }

    [Theory]
    [InlineData("files")]
    [InlineData("members")]
    public void Nothing_in_place_of_a_part_of_a_manifest_is_refused(string list)
    {
        var manifest = JsonNode.Parse(_manifest)!;
        manifest[list]!.AsArray().Add(null);

        Assert.Throws<InvalidDataException>(() => ExportManifest.Read(Encoding.UTF8.GetBytes(manifest.ToJsonString())));
    }

    [Theory]
    [InlineData("members")]
    [InlineData("parts")]
    [InlineData("references")]
    public void Nothing_in_place_of_a_part_of_a_calibration_is_refused(string list)
    {
        var calibration = JsonNode.Parse(_calibration)!;
        if (calibration[list] is null)
            calibration[list] = new JsonArray();
        calibration[list]!.AsArray().Add(null);

        Assert.Throws<InvalidDataException>(() => ExportedCalibration.Read(Encoding.UTF8.GetBytes(calibration.ToJsonString())));
    }

    [Theory]
    [InlineData("\"siamese-ensemble\"")]
    [InlineData("\"mixed\"")]
    [InlineData("\"cosine\"")]
    public void Half_of_a_surrogate_pair_is_refused(string text)
    {
        var manifest = Encoding.UTF8.GetString(_manifest);
        Assert.Contains(text, manifest, StringComparison.Ordinal);

        Assert.Throws<InvalidDataException>(() => ExportManifest.Read(Encoding.UTF8.GetBytes(manifest.Replace(text, "\"\\ud800\"", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_hyperparameter_survives_a_round_trip()
    {
        foreach (var kind in SomeMembers.Kinds.Append(new() { Augment = false, Rotation = null, Optimizer = Optimizer.Sgd, Momentum = 0.1 + 0.2, Loss = "circle", Margin = null, Gamma = 1e-300 }))
        {
            var spec = Some.Spec() with { Hyperparameters = kind };
            var weights = new ExportedFile("w", 1, new string('b', 64));
            var manifest = ExportManifest.Read(_manifest) with
            {
                Members = [new(spec.Id, kind, spec.DataFingerprint, 0, 1, 1, spec.CodeVersion, new(28, 28), "w", 0.1)],
                Files = [_files[0], weights],
            };

            Assert.Equal(kind, Assert.Single(ExportManifest.Read(manifest.Write()).Members).Hyperparameters);
        }
    }

    [Theory]
    [InlineData("../calibration.json")]
    [InlineData("weights/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("weights//x")]
    [InlineData("./x")]
    [InlineData("")]
    public void A_path_that_leaves_the_folder_is_refused_and_named(string path) =>
        Refuses(manifest => manifest["files"]![1]!["path"] = path, $"It lists '{path}', which is not a file below the folder.");

    [Fact]
    public void A_later_format_version_is_reported_as_such_and_not_as_damage() =>
        Refuses(manifest => manifest["formatVersion"] = 2, "It has format version 2, but this build reads version 1.");

    [Fact]
    public void An_invalid_manifest_is_refused_with_a_reason()
    {
        Refuses(manifest => manifest["format"] = "zip", "It is not a manifest of an exported ensemble.");
        Refuses(manifest => manifest["files"]![0]!["sha256"] = "x", "It lists 'calibration.json' with a length or a hash that is not valid.");
        Refuses(manifest => manifest["files"]![0]!["path"] = "else.json", "It does not list the file 'calibration.json'.");
        Refuses(manifest => manifest["files"]![1]!["path"] = "calibration.json", "It lists a file twice.");
        Refuses(manifest => manifest["members"]![0]!["seed"] = 9, "and code of trial");
        Refuses(manifest => manifest["members"]![0]!["hyperparameters"]!["embeddingSize"] = 1e6, "`embeddingSize` is 1000000, not from 1 to 4096");
        Refuses(manifest => manifest["members"]![0]!["hyperparameters"]!["epochs"] = null, "`epochs` has no value");
        Refuses(manifest => manifest["members"]![0]!["hyperparameters"]!.AsObject().Remove("loss"), "`loss` is missing");
        Refuses(manifest => manifest.AsObject().Remove("members"), "members");
        Assert.Throws<InvalidDataException>(() => ExportManifest.Read("Dear"u8));
    }

    [Fact]
    public void An_invalid_calibration_is_refused_with_a_reason()
    {
        RefusesCalibration(calibration => calibration["members"]![0]!["weight"] = 0.7, "do not add up to 1");
        RefusesCalibration(calibration => calibration["members"]![0]!["threshold"] = 0, "The threshold or weight of member");
        RefusesCalibration(calibration => calibration["threshold"] = "NaN", "Its threshold is not a distance.");
        RefusesCalibration(calibration => calibration["prior"] = 0.1, "not for a prior of one half");
        RefusesCalibration(calibration => calibration["isotonic"]!["probabilities"]![1] = 0.96, "Its isotonic curve");
        RefusesCalibration(calibration => calibration["isotonic"]!["distances"]![1] = 0.05, "Its isotonic curve");
    }

    [Fact]
    public void A_changed_threshold_does_not_match_the_version_hash()
    {
        var calibration = JsonNode.Parse(_calibration)!;
        calibration["threshold"] = 2;
        var read = ExportedCalibration.Read(Encoding.UTF8.GetBytes(calibration.ToJsonString()));

        var refusal = Assert.Throws<InvalidDataException>(() => Packing.Unpack(ExportManifest.Read(_manifest), read, "n", 1, _ => null));
        Assert.Contains("version hash", refusal.Message, StringComparison.Ordinal);
    }

    private static void Refuses(Action<JsonNode> change, string saying) => Refuses(_manifest, change, bytes => ExportManifest.Read(bytes), saying);

    private static void RefusesCalibration(Action<JsonNode> change, string saying) => Refuses(_calibration, change, bytes => ExportedCalibration.Read(bytes), saying);

    private static void Refuses(byte[] document, Action<JsonNode> change, Action<byte[]> read, string saying)
    {
        var changed = JsonNode.Parse(document)!;
        change(changed);
        var refusal = Assert.Throws<InvalidDataException>(() => read(Encoding.UTF8.GetBytes(changed.ToJsonString())));
        Assert.Contains(saying, refusal.Message, StringComparison.Ordinal);
    }
}
