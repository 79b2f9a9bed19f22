using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Stores;

public sealed class SqliteGrainStateStorageTests : GrainStateStorageTests
{
    private readonly StoreFolder _folder = new();

    private protected override IStoreUnderTest Place => _folder;

    /// <summary>Reads the files as a crash would leave them.</summary>
    [Fact]
    public async Task An_acknowledged_write_is_on_disk()
    {
        await Open().WriteStateAsync("trial", Id("one"), State(new TrialState { Fence = 7 }));
        using var crashed = new StoreFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(crashed.Database)!);
        foreach (var end in (string[])["", "-wal"])
            File.Copy(_folder.Database + end, crashed.Database + end);

        using var storage = Open(crashed);

        Assert.Equal(7, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
    }
}
