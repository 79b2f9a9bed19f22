using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Data;

public sealed class UploadGrainTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private IUploadGrain Uploads => _cluster.Client.GetGrain<IUploadGrain>(0);

    private IDataRegistryGrain Registry => _cluster.Client.GetGrain<IDataRegistryGrain>(0);

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_data_set_is_uploaded_piece_by_piece_and_identified_by_its_manifest()
    {
        var (one, other) = (Piece(1), Piece(2));
        Assert.Equal<string>([one, other], await Uploads.Missing([one, other], CancellationToken.None));
        Assert.Equal(one, await Put(1));
        Assert.Equal<string>([other], await Uploads.Missing([one, other], CancellationToken.None));

        var early = await Uploads.Seal(Manifest(1, 2), CancellationToken.None);
        Assert.Equal<string>([other], early.Missing);
        await Put(2);
        var late = await Uploads.Seal(Manifest(1, 2), CancellationToken.None);

        Assert.Empty(late.Missing);
        Assert.Equal(Uploaded.Hash([.. Manifest(1, 2)]), late.Manifest);
        Assert.Equal(Manifest(1, 2).ToArray(), await _cluster.Blobs.Get(late.Manifest, CancellationToken.None));
    }

    [Fact]
    public async Task Oversized_or_invalid_uploads_are_refused()
    {
        await Refused("A piece of", () => Uploads.Put([.. new byte[UploadLimits.PieceBytes + 1]], CancellationToken.None));
        await Refused("A piece of 0 bytes", () => Uploads.Put([], CancellationToken.None));
        await Refused("'../passwd' is not the name of a piece", () => Uploads.Missing(["../passwd"], CancellationToken.None));
        await Refused("at once", () => Uploads.Missing([.. Enumerable.Repeat(Piece(1), UploadLimits.NamesPerCall + 1)], CancellationToken.None));
        await Refused("cannot be used", () => Uploads.Seal([1, 2, 3], CancellationToken.None));
    }

    [Fact]
    public async Task Removing_the_last_sweep_deletes_the_pieces_that_no_other_data_set_uses()
    {
        var (first, second) = (await Upload(1, 2), await Upload(2, 3));
        await Registry.Follow(first, "one", CancellationToken.None);
        await Registry.Follow(first, "two", CancellationToken.None);
        await Registry.Follow(second, "one", CancellationToken.None);

        Assert.Equal(0, await Registry.Forget(first, "one", CancellationToken.None));
        Assert.Empty(await Gone(1, 2, 3));
        Assert.Equal(100 + Manifest(1, 2).Length, await Registry.Forget(first, "two", CancellationToken.None));

        Assert.Equal([Piece(1)], await Gone(1, 2, 3));
        Assert.Equal<string>([first], await _cluster.Blobs.Missing([first, second], CancellationToken.None));
        Assert.Equal(0, await Registry.Forget(first, "two", CancellationToken.None));
    }

    [Fact]
    public async Task Pieces_of_an_upload_without_a_sweep_are_kept()
    {
        var first = await Upload(1, 2);
        await Upload(2, 3);
        await Registry.Follow(first, "one", CancellationToken.None);

        await Registry.Forget(first, "one", CancellationToken.None);

        Assert.Equal([Piece(1)], await Gone(1, 2, 3));
    }

    [Fact]
    public async Task Data_that_nobody_used_for_a_day_is_removed()
    {
        var (unused, evaluated, swept, interrupted) = (await Upload(1), await Upload(2, 3), await Upload(3, 4), await Upload(5));
        await Registry.Follow(evaluated, "evaluation:1", CancellationToken.None);
        await Registry.Follow(swept, "lives", CancellationToken.None);
        await Registry.Follow(interrupted, "never-submitted", CancellationToken.None);

        Assert.Equal(0, await Registry.Expire(["lives"], CancellationToken.None));
        _cluster.Clock.PutDateForward(Unused.Grace + TimeSpan.FromMinutes(1));
        var late = await Upload(6);
        var freed = await Registry.Expire(["lives"], CancellationToken.None);

        Assert.Equal<string>([Piece(1), Piece(2), Piece(5)], await Gone(1, 2, 3, 4, 5, 6));
        Assert.Equal<string>([unused, evaluated, interrupted], await _cluster.Blobs.Missing([unused, evaluated, swept, interrupted, late], CancellationToken.None));
        Assert.Equal(300 + Manifest(1).Length + Manifest(2, 3).Length + Manifest(5).Length, freed);
        await _cluster.Lose(Registry);
        Assert.Equal(0, await Registry.Expire(["lives"], CancellationToken.None));
        Assert.Equal(200 + Manifest(3, 4).Length, await Registry.Forget(swept, "lives", CancellationToken.None));
    }

    [Fact]
    public async Task Uploading_unused_data_again_keeps_it_for_another_day()
    {
        var data = await Upload(1);
        _cluster.Clock.PutDateForward(Unused.Grace - TimeSpan.FromMinutes(1));
        Assert.Equal(data, await Upload(1));
        _cluster.Clock.PutDateForward(TimeSpan.FromHours(1));

        Assert.Equal(0, await Registry.Expire([], CancellationToken.None));
        Assert.Empty(await Gone(1));
    }

    [Fact]
    public async Task Followers_survive_a_lost_silo_and_following_is_idempotent()
    {
        var first = await Upload(1);
        await Registry.Follow(first, "one", CancellationToken.None);
        await Registry.Follow(first, "one", CancellationToken.None);
        await _cluster.Lose(Registry);

        Assert.Equal(0, await Registry.Forget(first, "another", CancellationToken.None));
        Assert.Empty(await Gone(1));
        Assert.NotEqual(0, await Registry.Forget(first, "one", CancellationToken.None));
        Assert.Equal([Piece(1)], await Gone(1));
    }

    [Fact]
    public async Task Repeating_an_interrupted_removal_finishes_it()
    {
        var first = await Upload(1, 2);
        await Registry.Follow(first, "one", CancellationToken.None);
        _cluster.Stored.FailsToWrite = (name, _) => name == "data-registry";
        await Assert.ThrowsAnyAsync<Exception>(() => Registry.Forget(first, "one", CancellationToken.None));
        _cluster.Stored.FailsToWrite = (_, _) => false;

        await Registry.Forget(first, "one", CancellationToken.None);

        Assert.Equal([Piece(1), Piece(2)], await Gone(1, 2));
        Assert.Equal(0, await Registry.Forget(first, "one", CancellationToken.None));
    }

    [Fact]
    public async Task A_damaged_manifest_of_another_data_set_keeps_all_pieces()
    {
        var (first, second) = (await Upload(1, 2), await Upload(2, 3));
        await Registry.Follow(first, "one", CancellationToken.None);
        await _cluster.Blobs.Delete(second, CancellationToken.None);

        await Registry.Forget(first, "one", CancellationToken.None);

        Assert.Empty(await Gone(1, 2, 3));
    }

    [Fact]
    public async Task Data_that_was_removed_in_the_meantime_cannot_be_followed()
    {
        var first = await Upload(1);
        await Registry.Follow(first, "one", CancellationToken.None);
        await Registry.Forget(first, "one", CancellationToken.None);

        await Refused("sweep 'two' is no longer in the store", () => Registry.Follow(first, "two", CancellationToken.None));
    }

    private static async Task Refused(string why, Func<Task> call) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<BadInputException>(call)).Message, StringComparison.Ordinal);

    private async Task<string> Upload(params int[] pieces)
    {
        foreach (var piece in pieces)
            await Put(piece);
        var end = await Uploads.Seal(Manifest(pieces), CancellationToken.None);
        Assert.Empty(end.Missing);
        return end.Manifest;
    }

    private Task<string> Put(int seed) => Uploads.Put([.. Bytes(seed)], CancellationToken.None);

    private async Task<IEnumerable<string>> Gone(params int[] pieces) =>
        await _cluster.Blobs.Missing([.. pieces.Select(Piece)], CancellationToken.None);

    private static string Piece(int seed) => Uploaded.Hash(Bytes(seed));

    /// <summary>A manifest with one file for each piece.</summary>
    private static ImmutableArray<byte> Manifest(params int[] pieces) =>
    [
        .. new DataManifest(
            [.. pieces.Select(piece => new DataFile($"{piece}", 100, Piece(piece)))], [.. pieces.Select(piece => new DataPiece(100, Piece(piece)))], null, null).Write(),
    ];

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[100];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
