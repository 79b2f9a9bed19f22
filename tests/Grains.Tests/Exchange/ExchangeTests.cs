using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tensors;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Exchange;
using Siamese.Grains.Forming;
using Siamese.Grains.Storage;
using Siamese.Grains.Tests.Ensembles;

namespace Siamese.Grains.Tests.Exchange;

/// <summary>Exports from a cluster, and imports into it under other names.</summary>
public sealed class ExchangeTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>
{
    [Fact]
    public async Task An_exported_and_imported_ensemble_gives_the_same_verdicts()
    {
        var files = await Export("digits@1");
        await Import("copy", files);

        var images = await Samples();
        foreach (var terms in new VerdictTerms[] { new(), new() { MaximumFar = 0.2 }, new() { Novelty = 0.1 } })
        {
            var (here, there) = (await formed.Verdicts().Judge(images[0], images[3], terms, default), await formed.Verdicts("copy").Judge(images[0], images[3], terms, default));
            Assert.Equal(here.Distance, there.Distance, 1e-5);
            Assert.Equal((here.Answer, here.Threshold, here.OperatingPoint?.FarInterval), (there.Answer, there.Threshold, there.OperatingPoint?.FarInterval));
            Assert.Equal(here.Familiarity?.First, there.Familiarity?.First);
            Assert.Equal(("copy", 1), (there.Ensemble, there.Version));
        }

        var entry = (await formed.Cluster.Board.List(default)).Single(entry => entry.Sweep == "copy");
        Assert.True(entry is { IsImported: true, HasEnsemble: true, IsUnfinished: false });
        Assert.Equal(Hash(await formed.Ensemble.GetNewest(default)), Hash(await Ensemble("copy").GetNewest(default)));
    }

    [Fact]
    public async Task A_trial_is_exported_as_an_ensemble_of_one()
    {
        var trial = formed.Ended.Ended[0];
        var files = await Export($"digits/{trial.Trial}");
        var summary = await Import("lone", files);

        var member = Assert.Single(summary.Ensemble.Members);
        Assert.Equal((trial.Trial, 1.0, trial.Result!.WeightsBlob), (member.Trial, member.Weight, member.WeightsBlob));
        Assert.Equal(trial.Result.Validation!.Eer, summary.Ensemble.Validation.Eer, 1e-6);
        var images = await Samples();
        Assert.NotNull((await formed.Verdicts("lone").Judge(images[0], images[3], new() { Novelty = 0.1, MaximumFar = 0.2 }, default)).Familiarity);
        Assert.Equal(files.Select(file => file.Value), (await Export($"digits/{trial.Trial}")).Select(file => file.Value));
    }

    [Fact]
    public async Task Importing_is_idempotent_and_a_different_ensemble_under_the_same_name_is_refused()
    {
        var files = await Export("digits@1");
        await Import("twice", files);

        Assert.NotNull((await Begin("twice", files)).There);
        await Refuses(async () => await Begin("twice", await Export($"digits/{formed.Ended.Ended[0].Trial}")), "There is already a different ensemble named 'twice'");
        await Refuses(() => Begin(FormedEnsemble.Name, files), "There is a sweep 'digits' already");
        await Refuses(() => formed.Cluster.Submit("twice", formed.Request), "An imported ensemble 'twice' already exists");
    }

    [Fact]
    public async Task An_export_takes_the_ensemble_that_currently_has_the_name()
    {
        var (whole, lone) = (await Export("digits@1"), await Export($"digits/{formed.Ended.Ended[0].Trial}"));
        await Import("named", whole);
        Assert.Equal(whole.Keys.Order(), (await Export("named@1")).Keys.Order());
        await Imports("named").Remove(default);
        await Import("named", lone);

        Assert.Equal(lone.Keys.Order(), (await Export("named@1")).Keys.Order());
    }

    [Fact]
    public async Task Weights_are_kept_only_while_something_needs_them()
    {
        var own = new FormedEnsemble();
        await own.InitializeAsync();
        var blobs = own.Ended.Ended.Select(trial => trial.Result!.WeightsBlob!).ToImmutableArray();
        var files = await Export("digits@1", own);
        await Import("one", files, own);
        await Import("two", files, own);

        await Imports("one", own).Remove(default);
        Assert.Equal(0, await Imports("one", own).Remove(default));
        Assert.Empty(await own.Cluster.Blobs.Missing(blobs, default));
        await own.Cluster.Sweep(FormedEnsemble.Name).Remove(default);
        var members = (await Ensemble("two", own).GetNewest(default))!.Ensemble;
        Assert.Empty(await own.Cluster.Blobs.Missing([.. members.Members.Select(member => member.WeightsBlob), members.ValidationBlob!, members.ReferencesBlob!], default));
        var images = await Samples(own);
        Assert.Empty((await own.Verdicts("two").Judge(images[0], images[3], VerdictTerms.Default, default)).Absent);

        var freed = await Imports("two", own).Remove(default);
        Assert.True(freed > members.Members.Length * 1000);
        Assert.Empty(await own.Cluster.Board.List(default));
        Assert.Null(await Ensemble("two", own).GetNewest(default));
        // Only the blobs from before any sweep are left: no data was uploaded.
        Assert.Equal(blobs.Length, (await own.Cluster.Blobs.Missing(blobs, default)).Length);
        Assert.Equal(2, (await own.Cluster.Blobs.Missing([members.ValidationBlob!, members.ReferencesBlob!], default)).Length);
        await own.DisposeAsync();
    }

    [Fact]
    public async Task An_import_continues_where_it_was_after_a_silo_is_lost()
    {
        var files = await Export("digits@1");
        var standing = await Begin("cut", files);
        await Send("cut", standing.Missing[0], files);
        await formed.Cluster.Lose(Imports("cut"));

        await Refuses(() => Imports("cut").Finish(isForAll: false, default), $"still lacks {standing.Missing[1]}");
        Assert.Equal(standing.Missing.Skip(1), (await Begin("cut", files)).Missing);
        await Import("cut", files);
        Assert.NotNull(await Ensemble("cut").GetNewest(default));
    }

    [Fact]
    public async Task An_import_that_nobody_continued_for_a_day_is_removed()
    {
        var files = await Export("digits@1");
        var abandoned = await Begin("abandoned", files);
        await Send("abandoned", abandoned.Missing[0], files);
        await Import("complete", files);
        formed.Cluster.Clock.PutDateForward(Unused.Grace - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Begun("abandoned").RemoveIfAbandoned(default));
        await Begin("continued", files);
        formed.Cluster.Clock.PutDateForward(TimeSpan.FromHours(1));

        Assert.NotEqual(0, await Begun("abandoned").RemoveIfAbandoned(default));
        Assert.Equal(0, await Begun("continued").RemoveIfAbandoned(default));
        Assert.Equal(0, await Begun("complete").RemoveIfAbandoned(default));

        Assert.False(await Imports("abandoned").Exists(default));
        Assert.True(await Imports("continued").Exists(default));
        Assert.NotNull(await Ensemble("complete").GetNewest(default));
        await Imports("continued").Remove(default);
    }

    private IBegunImport Begun(string name) => formed.Cluster.Client.GetGrain<IBegunImport>(name);

    [Fact]
    public async Task A_file_that_changes_in_transit_ends_the_import_and_nothing_of_it_is_kept()
    {
        var files = await Export("digits@1");
        var standing = await Begin("torn", files);
        foreach (var path in standing.Missing[..^1])
            await Send("torn", path, files);
        var last = standing.Missing[^1];
        byte[] changed = [.. files[last]];
        changed[^1] ^= 1;

        await Refuses(() => Send("torn", last, new() { [last] = changed }), $"{last} cannot be used: Its bytes do not have the hash");
        Assert.False(await Imports("torn").Exists(default));
        Assert.Null(await Ensemble("torn").GetNewest(default));
    }

    [Fact]
    public async Task Weights_of_another_shape_or_of_another_trial_are_refused_before_anything_is_sent()
    {
        var files = await Export("digits@1");
        var manifest = ExportManifest.Read(files[ExportManifest.FileName]);
        var path = manifest.Members[0].Weights;
        var tensors = Safetensors.Read(files[path]);
        var wider = Safetensors.Write(
            tensors.Tensors.Select(tensor => tensor.Name == "fc.bias" ? new NamedTensor("fc.bias", [9], new float[9]) : tensor), tensors.Metadata);
        await Refuses(() => Begin("odd", Replace(files, path, wider)), $"{path}: The weights do not fit the network: `fc.bias` is F32 [9], not F32 [8]");
        await Refuses(
            () => Begin("odd", Replace(files, path, Safetensors.Write(tensors.Tensors, new Dictionary<string, string> { ["trial"] = "x" }))),
            $"{path}: It holds the weights of trial x, not of {manifest.Members[0].Trial}");
        Assert.False(await Imports("odd").Exists(default));
    }

    [Theory]
    [InlineData("fc.bias", 3e38f, "embeds all images alike")]
    [InlineData("fc.weight", 3e38f, "not finite numbers")]
    [InlineData("running_var", -1f, "embeds images as values that are not finite")]
    [InlineData("fc.weight", 0f, "embeds all images alike")]
    public async Task Weights_that_cannot_tell_images_apart_are_refused(string tensor, float value, string saying)
    {
        var files = await Export("digits@1");
        var path = ExportManifest.Read(files[ExportManifest.FileName]).Members[0].Weights;
        var read = Safetensors.Read(files[path]);
        Assert.Contains(read.Tensors, its => its.Name.EndsWith(tensor, StringComparison.Ordinal));
        var absurd = Replace(files, path, Safetensors.Write(
            read.Tensors.Select(its => its.Name.EndsWith(tensor, StringComparison.Ordinal) ? new NamedTensor(its.Name, [.. its.Shape], Array.ConvertAll(its.Values, _ => value)) : its), read.Metadata));

        await Refuses(() => Import("absurd", absurd), saying);
        Assert.False(await Imports("absurd").Exists(default));
    }

    [Fact]
    public async Task Validation_pairs_of_one_kind_only_are_refused()
    {
        var files = await Export("digits@1");
        var read = StoredValidation.Read(files[ExportManifest.ValidationName]);
        var one = read with { Pairs = [.. read.Pairs.Select(pair => pair with { Relation = Relation.Same })] };

        await Refuses(
            () => Import("onesided", Replace(files, ExportManifest.ValidationName, one.Write("digits@1"))),
            "validation.safetensors cannot be used: It needs pairs of both kinds");
    }

    [Fact]
    public async Task An_import_is_used_for_unnamed_verdicts_only_on_request()
    {
        var files = await Export("digits@1");
        await Import("apart", files);
        Assert.False((await Entry()).MayBeDefault);

        await Imports("apart").Finish(isForAll: true, default);
        var entry = await Entry();
        Assert.True(entry.MayBeDefault);
        Assert.Equal(entry.FormedAt, (await formed.Cluster.Board.List(default)).Max(other => other.FormedAt));

        async Task<BoardEntry> Entry() => (await formed.Cluster.Board.List(default)).Single(entry => entry.Sweep == "apart");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("\u001b[2J")]
    [InlineData("..")]
    public async Task Names_are_checked_by_the_cluster_too(string name)
    {
        var files = await Export("digits@1");

        // An empty key is refused by Orleans.
        await Assert.ThrowsAnyAsync<Exception>(() => Begin(name, files));
        await Assert.ThrowsAnyAsync<Exception>(() => formed.Cluster.Submit(name, formed.Request));
        if (name.Length > 0)
            await Refuses(() => Begin(name, files), "is not a name; use 1 to 64 letters");
    }

    [Fact]
    public async Task A_missing_ensemble_cannot_be_exported()
    {
        await Refuses(() => Export("nobody@1"), "Ensemble 'nobody' has no version 1");
        await Refuses(() => Export($"digits/{new string('0', 32)}"), "Sweep 'digits' has no trial 0000");
        await Refuses(() => Export("digits"), "neither a version of an ensemble nor a trial");
    }

    /// <summary>The files of an export, as the client assembles them.</summary>
    private async Task<Dictionary<string, byte[]>> Export(string key, FormedEnsemble? of = null)
    {
        var grain = (of ?? formed).Cluster.Client.GetGrain<IExportGrain>(key);
        var files = new Dictionary<string, byte[]>();
        foreach (var file in await grain.Pack(default))
        {
            var bytes = new List<byte>();
            while (bytes.Count < file.Length)
                bytes.AddRange(await grain.Read(file.Path, bytes.Count, default));
            Assert.Equal(file.Sha256, ContentName.Of(bytes.ToArray()));
            files.Add(file.Path, [.. bytes]);
        }

        return files;
    }

    private async Task<EnsembleSummary> Import(string name, Dictionary<string, byte[]> files, FormedEnsemble? into = null)
    {
        foreach (var path in (await Begin(name, files, into)).Missing)
            await Send(name, path, files, into);
        return await Imports(name, into).Finish(isForAll: false, default);
    }

    private Task<ImportStanding> Begin(string name, Dictionary<string, byte[]> files, FormedEnsemble? into = null) => Imports(name, into).Begin(
        [.. files[ExportManifest.FileName]], [.. files[ExportedCalibration.FileName]],
        [.. files.Where(file => file.Key.StartsWith("weights/", StringComparison.Ordinal)).Select(file => new WeightsHeader(file.Key, [.. file.Value.AsSpan(0, 8 + BitConverter.ToInt32(file.Value))]))], default);

    /// <summary>Sends a file in two pieces, each of them twice.</summary>
    private async Task Send(string name, string path, Dictionary<string, byte[]> files, FormedEnsemble? into = null)
    {
        var (bytes, half) = (files[path], files[path].Length / 2);
        Assert.Equal(half, await Imports(name, into).Send(path, 0, [.. bytes.AsSpan(0, half)], default));
        Assert.Equal(half, await Imports(name, into).Send(path, 0, [.. bytes.AsSpan(0, half)], default));
        Assert.Equal(bytes.Length, await Imports(name, into).Send(path, half, [.. bytes.AsSpan(half)], default));
        Assert.Equal(bytes.Length, await Imports(name, into).Send(path, half, [.. bytes.AsSpan(half)], default));
    }

    /// <summary>Replaces a file, and adapts the manifest and the version hash to it.</summary>
    private Dictionary<string, byte[]> Replace(Dictionary<string, byte[]> files, string path, byte[] bytes)
    {
        var manifest = JsonNode.Parse(files[ExportManifest.FileName])!;
        var file = manifest["files"]!.AsArray().Single(file => (string)file!["path"]! == path)!;
        (file["length"], file["sha256"]) = (bytes.Length, ContentName.Of(bytes));
        var read = ExportManifest.Read(Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        var ensemble = formed.Ended.Result!.Ensemble.Ensemble;
        manifest["versionHash"] = VersionHash.Of(ensemble with { Members = [.. ensemble.Members.Zip(read.Members, (member, exported) => member with { WeightsBlob = read.File(exported.Weights).Sha256 })] });
        return new(files) { [path] = bytes, [ExportManifest.FileName] = Encoding.UTF8.GetBytes(manifest.ToJsonString()) };
    }

    private IImportGrain Imports(string name, FormedEnsemble? of = null) => (of ?? formed).Cluster.Client.GetGrain<IImportGrain>(name);

    private IEnsembleVersions Ensemble(string name, FormedEnsemble? of = null) => (of ?? formed).Cluster.Client.GetGrain<IEnsembleVersions>(name);

    private static string Hash(EnsembleSummary? summary) => VersionHash.Of(summary!.Ensemble);

    private async Task<ImageFile[]> Samples(FormedEnsemble? of = null) =>
    [
        .. (await (of ?? formed).Cluster.Client.GetGrain<ISampleGrain>(0).Draw((of ?? formed).Source, 4, 1, default))
            .Select(sample => new ImageFile($"{sample.Label}-{sample.Index}.png", sample.File)),
    ];

    private static async Task Refuses(Func<Task> call, string saying) =>
        Assert.Contains(saying, (await Assert.ThrowsAsync<BadInputException>(call)).Message, StringComparison.Ordinal);
}
