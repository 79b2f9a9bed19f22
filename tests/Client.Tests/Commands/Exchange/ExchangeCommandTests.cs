using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Siamese.Contracts;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Commands.Exchange;

/// <summary>`export` and `import`, on a cluster with hand-made files.</summary>
public sealed class ExchangeCommandTests : IDisposable
{
    private const string Weights = "weights/w.safetensors";

    private readonly ClientRun _client = new();
    private readonly string _folder;

    public ExchangeCommandTests()
    {
        Directory.CreateDirectory(_client.Home);
        _folder = Path.Combine(_client.Home, "out");
        Provide();
    }

    private Dictionary<string, byte[]> Files => _client.Cluster.Exchange.Files;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task An_export_writes_every_file_unchanged_and_says_what_to_do_with_it()
    {
        Assert.Equal(0, await _client.Run("export", "digits@2", "--out", _folder));

        Assert.Equal("digits@2", Assert.Single(_client.Cluster.Exchange.Keys.Distinct()));
        foreach (var (path, bytes) in Files)
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(_folder, path)));
        Assert.Equal([_folder], Directory.GetFileSystemEntries(_client.Home));
        Assert.Equal(
            $"Exported digits, version 2, to {_folder}: 1 member, 4 files, 0.0 MB.\nFor PyTorch: {_folder}/siamese_ensemble.py. Into another cluster: client import {_folder}\n",
            _client.Out);
    }

    [Fact]
    public async Task Without_a_version_the_newest_is_exported_and_an_empty_folder_is_accepted()
    {
        Directory.CreateDirectory(_folder);

        Assert.Equal(0, await _client.Run("export", "digits", "--out", _folder, "--format", "json"));

        Assert.Contains("digits@1", _client.Cluster.Exchange.Keys);
        var document = JsonDocument.Parse(_client.Out).RootElement;
        Assert.Equal(["ensemble", "version", "hash", "folder", "members", "files"], document.EnumerateObject().Select(member => member.Name));
        Assert.Equal(4, document.GetProperty("files").GetArrayLength());
    }

    [Fact]
    public async Task A_trial_is_found_by_the_start_of_its_id()
    {
        _client.Cluster.HasNoEnsembles = true;
        _client.Cluster.Entries.Add(Some.Entry("mine"));
        _client.Sweep.Trials.Add(Some.Trial("3fa9ffff55667788"));
        _client.Sweep.Trials.Add(Some.Trial("3fa94cff55667788", status: TrialStatus.Failed));

        Assert.Equal(0, await _client.Run("export", "3fa94c", "--out", _folder));
        Assert.Contains("mine/3fa94c2155667788", _client.Cluster.Exchange.Keys);
        Assert.Equal(2, await _client.Run("export", "3fa9", "--out", $"{_folder}2"));
        Assert.Contains("'3fa9' matches 2 trials; give more characters of the id.", _client.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _client.Run("export", "3fa", "--out", $"{_folder}2"));
        Assert.Equal(2, await _client.Run("export", "nobody@2", "--out", $"{_folder}2"));
        Assert.Contains("There is no ensemble 'nobody'", _client.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"{_folder}2"));
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_left_unchanged()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "letter"), "Dear silo,");

        Assert.Equal(2, await _client.Run("export", "digits", "--out", _folder));
        Assert.Equal($"--out: '{_folder}' already exists and is not empty; name another folder, or remove that one.\n", _client.Error);
        Assert.Equal(["letter"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        Assert.Equal(2, await _client.Run("export", "digits"));
        Assert.Equal(2, await _client.Run("export", "a@b@c", "--out", $"{_folder}2"));
    }

    [Fact]
    public async Task An_interrupted_export_leaves_nothing()
    {
        _client.Cluster.Exchange.BeforeRead = path =>
        {
            if (path == ExportManifest.FileName)
                throw new BadInputException("The store is gone.");
        };

        Assert.Equal(2, await _client.Run("export", "digits", "--out", _folder));
        Assert.Equal("The store is gone.\n", _client.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_client.Home));
    }

    [Fact]
    public async Task A_file_that_changes_during_the_export_or_lies_outside_the_folder_is_not_written()
    {
        _client.Cluster.Exchange.BeforeRead = path => Files[path][0] ^= 1;
        Assert.Equal(2, await _client.Run("export", "digits", "--out", _folder));
        Assert.Contains("does not match the hash that the cluster stated", _client.Error, StringComparison.Ordinal);

        _client.Cluster.Exchange.BeforeRead = _ => { };
        Files["../evil"] = [1];
        Assert.Equal(2, await _client.Run("export", "digits", "--out", _folder));
        Assert.Contains("'../evil', which is outside the folder", _client.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_client.Home));
    }

    [Fact]
    public async Task An_import_sends_missing_files_under_the_requested_name()
    {
        await _client.Run("export", "digits", "--out", _folder);

        Assert.Equal(0, await _client.Run("import", _folder, "--name", "mine"));

        Assert.Equal("mine", _client.Cluster.Exchange.Keys[^1]);
        Assert.Equal(Files[Weights], Assert.Single(_client.Cluster.Exchange.Received, file => file.Key == Weights).Value);
        Assert.Contains("Imported mine, version 1 (exported as digits@2): 2 members, 0.0 MB.\nAsk it about two images: client verdict A.png B.png --ensemble mine\n", _client.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_becomes_the_default_only_on_request(bool isThere)
    {
        await _client.Run("export", "digits", "--out", _folder);
        _client.Cluster.Exchange.IsThere = isThere;

        Assert.Equal(0, await _client.Run("import", _folder));
        Assert.False(_client.Cluster.Exchange.IsForAll);
        Assert.Equal(0, await _client.Run("import", _folder, "--default"));
        Assert.True(_client.Cluster.Exchange.IsForAll);
    }

    [Fact]
    public async Task A_signed_export_is_imported_with_the_key_that_signed_it_and_no_other()
    {
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var (signing, trusted) = (_client.Write("signing.pem", signer.ExportPkcs8PrivateKeyPem()), _client.Write("trusted.pem", signer.ExportSubjectPublicKeyInfoPem()));
        var foreign = _client.Write("foreign.pem", other.ExportSubjectPublicKeyInfoPem());
        var (manifest, signature) = (Path.Combine(_folder, "manifest.json"), Path.Combine(_folder, "manifest.sig"));

        Assert.Equal(0, await _client.Run("export", "digits", "--out", _folder, "--sign", signing));
        Assert.Equal(0, await _client.Run("import", _folder));
        Assert.Equal(0, await _client.Run("import", _folder, "--trusted-key", foreign, "--trusted-key", trusted));

        await RefusesTrusting(foreign, $"'{signature}' is not a signature of this manifest by a trusted key");
        await File.AppendAllTextAsync(manifest, "\n");
        await RefusesTrusting(trusted, $"'{signature}' is not a signature of this manifest by a trusted key");
        await File.WriteAllTextAsync(signature, "x");
        await RefusesTrusting(trusted, $"'{signature}' is not a signature of this manifest by a trusted key");
        File.Delete(signature);
        await RefusesTrusting(trusted, $"'{_folder}' is not signed");

        async Task RefusesTrusting(string key, string saying)
        {
            var before = _client.Error.Length;
            Assert.Equal(2, await _client.Run("import", _folder, "--trusted-key", key));
            Assert.StartsWith(saying, _client.Error[before..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_of_the_wrong_kind_is_refused_before_anything_is_exported()
    {
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (trusted, text) = (_client.Write("trusted.pem", signer.ExportSubjectPublicKeyInfoPem()), _client.Write("text", "no key"));

        foreach (var (file, saying) in new[] { (trusted, "is a public key; name the private key"), (text, "is not a private key for ECDSA"), ("/dev/zero", "is not a private key for ECDSA"), (_folder, "cannot be read") })
        {
            var before = _client.Error.Length;
            Assert.Equal(2, await _client.Run("export", "digits", "--out", _folder, "--sign", file));
            Assert.StartsWith($"--sign: '{file}' {saying}", _client.Error[before..], StringComparison.Ordinal);
        }

        Assert.Empty(_client.Cluster.Exchange.Keys);
    }

    [Fact]
    public async Task Existing_files_are_not_sent_again()
    {
        await _client.Run("export", "digits", "--out", _folder);
        _client.Cluster.Exchange.IsThere = true;

        Assert.Equal(0, await _client.Run("import", _folder));
        Assert.Contains("Ensemble digits is already here and identical.", _client.Out, StringComparison.Ordinal);
        Assert.Empty(_client.Cluster.Exchange.Received);
        Assert.Equal(0, await _client.Run("remove", "digits", "--yes"));
        Assert.Contains("Removed ensemble digits; 2.3 MB freed.\n", _client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_truncated_or_missing_file_is_named_and_nothing_is_sent()
    {
        await _client.Run("export", "digits", "--out", _folder);
        var weights = Path.Combine(_folder, Weights);
        byte[] changed = [.. Files[Weights]];
        changed[^1] ^= 1;

        await File.WriteAllBytesAsync(weights, changed);
        await Refuses($"{weights} has changed since the export: its hash differs from the one in manifest.json; export it again, or copy the whole folder again.");
        await File.WriteAllBytesAsync(weights, changed[..5]);
        await Refuses($"{weights} has changed since the export: it has 5 bytes, but manifest.json states {changed.Length};");
        File.Delete(weights);
        await Refuses($"{weights} is missing, though manifest.json lists it;");
        File.Delete(Path.Combine(_folder, ExportManifest.FileName));
        await Refuses($"'{_folder}' contains no manifest.json; name a folder that `client export` wrote.");
        Directory.Delete(_folder, recursive: true);
        await Refuses($"There is no folder '{_folder}';");
    }

    [Fact]
    public async Task A_manifest_of_a_later_version_or_with_a_path_that_leaves_the_folder_is_refused()
    {
        await _client.Run("export", "digits", "--out", _folder);
        var path = Path.Combine(_folder, ExportManifest.FileName);

        Change(manifest => manifest["formatVersion"] = 7);
        await Refuses($"{path} cannot be used: It has format version 7, but this build reads version 1.");
        Change(manifest => manifest["files"]![0]!["path"] = "../secret");
        await Refuses($"{path} cannot be used: It lists '../secret', which is not a file below the folder;");
        Change(manifest => manifest["name"] = "../x");
        await Refuses("manifest.json: '../x' is not a name");

        void Change(Action<JsonNode> change)
        {
            var manifest = JsonNode.Parse(Files[ExportManifest.FileName])!;
            change(manifest);
            File.WriteAllText(path, manifest.ToJsonString());
        }
    }

    [Fact]
    public async Task Imported_ensembles_are_listed_by_ensembles_and_not_by_status()
    {
        _client.Cluster.Entries.Add(Some.Entry("brought") with { IsImported = true });

        Assert.Equal(0, await _client.Run("status"));
        Assert.DoesNotContain("brought", _client.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _client.Run("ensembles"));
        Assert.Contains("brought, version 1", _client.Out, StringComparison.Ordinal);
    }

    private async Task Refuses(string saying)
    {
        Assert.Equal(2, await _client.Run("import", _folder));
        Assert.Contains(saying, _client.Error, StringComparison.Ordinal);
        Assert.Empty(_client.Cluster.Exchange.Received);
    }

    /// <summary>The files of an export with one member, whose weights file has an empty header.</summary>
    private void Provide()
    {
        var spec = Some.Spec();
        Files[Weights] = [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8, 1, 2, 3, 4];
        Files["siamese_ensemble.py"] = Encoding.UTF8.GetBytes("pass");
        Files[ExportedCalibration.FileName] = new ExportedCalibration
        {
            Members = [new(spec.Id, 1.5, 1, "euclidean")],
            Threshold = 1,
            Prior = 0.5,
            Platt = new(4, -4),
            Isotonic = null,
            Check = null,
        }.Write();
        Files[ExportManifest.FileName] = new ExportManifest
        {
            Format = ExportManifest.TheFormat,
            FormatVersion = ExportManifest.TheFormatVersion,
            Name = "digits",
            Version = 2,
            VersionHash = new string('a', 64),
            FormedAt = DateTimeOffset.UnixEpoch,
            Data = new("mnist-mini", Contracts.Data.SplitBy.Image, null, "data"),
            Preprocessing = Preprocessing.OfImages,
            Members = [new(spec.Id, spec.Hyperparameters, spec.DataFingerprint, 0, 1, spec.Seed, spec.CodeVersion, new(28, 28), Weights, 0.02)],
            Validation = Some.Metrics,
            Test = null,
            Files = [.. Files.Select(file => new ExportedFile(file.Key, file.Value.Length, FakeExchange.Hash(file.Value)))],
        }.Write();
    }
}
