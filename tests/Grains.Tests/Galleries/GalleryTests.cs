using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Ensembles;

namespace Siamese.Grains.Tests.Galleries;

/// <summary>The people enrolled with an ensemble, and identifying them from an image.</summary>
public sealed class GalleryTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>
{
    [Fact]
    public async Task The_nearest_matches_are_those_with_the_nearest_verdicts()
    {
        var gallery = await formed.Form("nearest");
        var images = await formed.Samples(20);
        await gallery.Enroll([.. images[1..].Select((image, i) => new NamedImage($"name {i % 12}", image))], true, default);

        var found = await Identify(gallery, images[0], top: 5);

        var verdicts = await formed.Verdicts("nearest").JudgeAll([.. images], [.. Enumerable.Range(1, 19).Select(i => new PairOfImages(0, i))], VerdictTerms.Default, default);
        var expected = verdicts.Select((answer, i) => (Name: $"name {i % 12}", answer.Verdict))
            .GroupBy(pair => pair.Name, pair => pair.Verdict!, (name, its) => (Name: name, Verdict: its.MinBy(verdict => verdict.Distance)!))
            .OrderBy(pair => pair.Verdict.Distance).Take(5).ToArray();
        Assert.Equal(expected.Select(pair => pair.Name), found.Matches.Select(match => match.Name));
        foreach (var (name, match) in expected.Zip(found.Matches))
        {
            Assert.Equal(name.Verdict.Distance, match.Distance, 1e-5);
            Assert.Equal(name.Verdict.Probability, match.Probability, 1e-4);
            Assert.Equal(match.Distance <= found.Threshold ? Relation.Same : Relation.Different, match.Relation);
        }

        Assert.Equal(("nearest", 1, 19), (found.Ensemble, found.Version, found.References));
        Assert.Equal(12, (await Identify(gallery, images[0], top: 100)).Matches.Length);
    }

    [Fact]
    public async Task The_same_image_under_the_same_name_is_enrolled_once()
    {
        var gallery = await formed.Form("twice");
        var images = await formed.Samples(3);
        NamedImage one = new("anna", images[0]), again = new("anna", images[0] with { Name = "copy.png" }), other = new("berta", images[0]);

        var enrolled = await gallery.Enroll([one, again, other], true, default);
        Assert.Equal((2, 1), Counts(enrolled));
        Assert.Equal([$"{images[0].Name} is also enrolled as berta.", $"{images[0].Name} is also enrolled as anna."], enrolled.Shared.AsEnumerable());
        Assert.Equal((0, 2), Counts(await gallery.Enroll([other, one], true, default)));
        Assert.Equal((1, 1), Counts(await gallery.Enroll([one, new("anna", images[1])], true, default)));

        Assert.Equal([new("anna", 2), new("berta", 1)], await Names("twice"));
        var found = await Identify(gallery, images[0]);
        Assert.Equal(["anna", "berta"], found.Matches.Select(match => match.Name));
        Assert.All(found.Matches, match => Assert.Equal(0, match.Distance, 1e-4));
        Assert.Equal(found.Matches[0].Image, found.Matches[1].Image);
    }

    [Fact]
    public async Task Enrolled_names_are_found_at_once_and_forgotten_names_are_not()
    {
        var gallery = await formed.Form("forgetful");
        var images = await formed.Samples(4);
        await gallery.Enroll([new("anna", images[0]), new("berta", images[1])], true, default);
        Assert.Equal("anna", (await Identify(gallery, images[0])).Matches[0].Name);
        await gallery.Enroll([new("clara", images[2]), new("anna", images[3])], true, default);
        Assert.Equal("clara", (await Identify(gallery, images[2])).Matches[0].Name);
        var blobs = Blobs();

        var forgotten = await formed.Gallery("forgetful").Forget("anna", default);

        Assert.Equal(2, forgotten.Images);
        Assert.True(forgotten.FreedBytes > 0);
        Assert.Equal(["berta", "clara"], (await Identify(gallery, images[0])).Matches.Select(match => match.Name).Order());
        Assert.Equal([new("berta", 1), new("clara", 1)], await Names("forgetful"));
        // The lot and the embeddings of both members have been replaced; nothing of the old ones is left.
        var lot = Assert.Single((await formed.Gallery("forgetful").GetLots([], default)).Lots);
        Assert.DoesNotContain(lot.Blob, blobs);
        Assert.Equal(blobs.Count, Blobs().Count);
        Assert.Equal(0, (await formed.Gallery("forgetful").Forget("anna", default)).Images);

        await gallery.Enroll([new("anna", images[0])], true, default);
        Assert.Equal("anna", (await Identify(gallery, images[0])).Matches[0].Name);
    }

    [Fact]
    public async Task A_gallery_survives_the_loss_of_its_memory_and_nothing_is_embedded_again()
    {
        var gallery = await formed.Form("kept");
        var images = await formed.Samples(6);
        await gallery.Enroll([.. images.Select((image, i) => new NamedImage($"name {i}", image))], true, default);
        var before = await Identify(gallery, images[2], top: 6);
        var blobs = Blobs();
        var lots = await formed.Gallery("kept").GetLots([], default);
        Assert.Equal(2, Assert.Single(lots.Lots).Embeddings.Length);

        await formed.Cluster.Lose(formed.Gallery("kept"));

        var after = await formed.Gallery("kept").GetLots([], default);
        Assert.Equal(lots.Stamp, after.Stamp);
        Assert.Equal(lots.Lots[0].References.AsEnumerable(), after.Lots[0].References);
        Assert.Equal(lots.Lots[0].Embeddings.AsEnumerable(), after.Lots[0].Embeddings);
        Assert.Equal(before.Matches.AsEnumerable(), (await Identify(gallery, images[2], top: 6)).Matches);
        Assert.Equal(blobs, Blobs());
        Assert.Equal((0, 6), Counts(await gallery.Enroll([.. images.Select((image, i) => new NamedImage($"name {i}", image))], true, default)));
    }

    [Fact]
    public async Task An_unusable_image_is_refused_by_name_and_nothing_is_partly_enrolled()
    {
        var gallery = await formed.Form("strict");
        var image = (await formed.Samples(1))[0];
        var blank = new ImageFile("blank.pgm", [.. "P5 28 28 255\n"u8, .. Enumerable.Repeat((byte)7, 784)]);
        var broken = new ImageFile("broken.png", [.. image.Bytes.Take(image.Bytes.Length / 2)]);

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => gallery.Enroll([new("anna", image), new("anna", blank)], true, default));
        Assert.Equal("blank.pgm is blank: all its pixels have about the same grey value. Replace it or take it out. Nothing was enrolled.", refusal.Message);
        Assert.Empty(await Names("strict"));

        var rest = await gallery.Enroll([new("anna", blank), new("anna", image), new("berta", broken)], false, default);
        Assert.Equal((1, 0), Counts(rest));
        Assert.Equal(2, rest.Problems.Length);
        Assert.Contains("broken.png is truncated", rest.Problems[1], StringComparison.Ordinal);
        Assert.Equal([new("anna", 1)], await Names("strict"));

        await Refused("blank.pgm is blank", () => gallery.Identify(blank, 5, null, default));
        await Refused("broken.png", () => gallery.Identify(broken, 5, null, default));
    }

    [Fact]
    public async Task Invalid_calls_are_refused()
    {
        var gallery = await formed.Form("asked");
        var image = (await formed.Samples(1))[0];

        await Refused("Nobody is enrolled with ensemble asked", () => gallery.Identify(image, 5, null, default));
        await Refused("There is no ensemble 'nobody'", () => formed.Identifying("nobody").Enroll([new("anna", image)], true, default));
        await Refused("There is no ensemble 'nobody'", () => formed.Identifying("nobody").Identify(image, 5, null, default));
        await Refused("has no version 9", () => gallery.Identify(image, 5, 9, default));
        await Refused("ask for 1 to 1000", () => gallery.Identify(image, 0, null, default));
        await Refused("is blank; give the images one", () => gallery.Enroll([new(" ", image)], true, default));
        await Refused("starts or ends with a space", () => gallery.Enroll([new("anna ", image)], true, default));
        await Refused("513 images are too many", () => gallery.Enroll([.. Enumerable.Repeat(new NamedImage("anna", image), 513)], true, default));
    }

    [Fact]
    public async Task A_new_version_knows_everyone_enrolled_and_the_earlier_version_still_answers()
    {
        var gallery = await formed.Form("grown", Request(1));
        var images = await formed.Samples(5);
        await gallery.Enroll([.. images.Select((image, i) => new NamedImage($"name {i}", image))], true, default);
        var first = await Identify(gallery, images[1], top: 5);
        var ensemble = formed.Cluster.Client.GetGrain<IEnsembleVersions>("grown");

        // As a sweep does while it continues: here from two trials, with different weights.
        await ensemble.Form(formed.Order(isFinal: true), default);
        await TestCluster.Until(async () => !(await ensemble.GetForming(default)).IsUnderWay);
        Assert.Equal(2, (await ensemble.GetNewest(default))!.Ensemble.Version);

        var second = await Identify(gallery, images[1], top: 5);
        var again = await Identify(gallery, images[1], top: 5, version: 1);
        Assert.Equal((2, 1), (second.Version, again.Version));
        Assert.Equal(first.Matches.AsEnumerable(), again.Matches);
        var verdict = await formed.Verdicts("grown").Judge(images[1], images[3], new() { Version = 2 }, default);
        Assert.Equal(verdict.Distance, second.Matches.Single(match => match.Name == "name 3").Distance, 1e-5);
        // Stored by member: embeddings that both versions share are stored once.
        var members = (await ensemble.GetVersions(default)).SelectMany(version => version.Ensemble.Members).Select(member => member.WeightsBlob).Distinct();
        Assert.Equal(members.Order(), Assert.Single((await formed.Gallery("grown").GetLots([], default)).Lots).Embeddings.Select(its => its.Member).Order());
    }

    [Fact]
    public async Task Each_enrolment_is_visible_as_a_whole_or_not_at_all()
    {
        var gallery = await formed.Form("busy");
        var images = await formed.Samples(20);
        await gallery.Enroll([new("first", images[0])], true, default);
        var enrolling = Task.Run(async () =>
        {
            foreach (var (two, i) in images[1..].Chunk(2).Select((two, i) => (two, i)))
                await gallery.Enroll([.. two.Select((image, side) => new NamedImage($"pair {i} {side}", image))], true, default);
        });

        var last = 1;
        while (!enrolling.IsCompleted)
        {
            var found = await Identify(gallery, images[0], top: 100);
            Assert.True(found.References % 2 == 1 || found.References == 20, $"{found.References} were seen.");
            Assert.True(found.References >= last);
            last = found.References;
        }

        await enrolling;
        Assert.Equal(20, (await Identify(gallery, images[0])).References);
    }

    [Fact]
    public async Task A_lot_that_could_not_be_stored_is_enrolled_on_retry()
    {
        var gallery = await formed.Form("unlucky");
        var images = await formed.Samples(2);
        var failures = 0;
        formed.Cluster.Stored.FailsToWrite = (name, grain) => name == "lot/0" && grain.ToString().EndsWith("unlucky", StringComparison.Ordinal) && Interlocked.Increment(ref failures) == 1;

        await Assert.ThrowsAnyAsync<Exception>(() => gallery.Enroll([new("anna", images[0])], true, default));
        Assert.Empty(await Names("unlucky"));
        Assert.Equal((1, 0), Counts(await gallery.Enroll([new("anna", images[0])], true, default)));
        Assert.Equal("anna", (await Identify(gallery, images[0])).Matches.Single().Name);
    }

    [Fact]
    public async Task Removing_a_sweep_removes_its_gallery_and_all_blobs()
    {
        var before = Blobs();
        var gallery = await formed.Form("leaving");
        var images = await formed.Samples(4);
        await gallery.Enroll([.. images.Select((image, i) => new NamedImage($"name {i}", image))], true, default);
        await Identify(gallery, images[0]);

        await formed.Cluster.Sweep("leaving").Remove(default);

        Assert.Equal(before, Blobs());
        Assert.Empty(await Names("leaving"));
        await Refused("There is no ensemble", () => gallery.Identify(images[0], 5, null, default));
    }

    private SweepRequest Request(params int[] seeds) => formed.Request with { Seeds = [.. seeds] };

    private async Task<EnrolledName[]> Names(string name) => [.. await formed.Gallery(name).GetNames(default)];

    private static async Task<Identification> Identify(IIdentifyGrain gallery, ImageFile image, int top = 5, int? version = null)
    {
        while (true)
        {
            if ((await gallery.Identify(image, top, version, default)).Identification is { } identification)
                return identification;
        }
    }

    private static (int Added, int Known) Counts(Enrolment enrolment) => (enrolment.Added, enrolment.Known);

    private static async Task Refused(string why, Func<Task> ask) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<BadInputException>(ask)).Message, StringComparison.Ordinal);

    private HashSet<string> Blobs() =>
        [.. Directory.EnumerateFiles(formed.Cluster.BlobFolder, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Where(name => name.Length == 64)];
}
