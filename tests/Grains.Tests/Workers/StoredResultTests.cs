using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Workers;

public sealed class StoredResultTests
{
    /// <summary>Between storing and noting there may be hours: a store that is away, a silo that is cut off.</summary>
    [Fact]
    public async Task Blobs_of_a_result_are_not_old_when_its_trial_notes_them()
    {
        await using var cluster = await TestCluster.Start();
        string[] blobs = [await cluster.Blobs.Put([1], default), await cluster.Blobs.Put([2], default)];
        var sweep = await cluster.Submit("late", Some.Request());
        var training = await cluster.Trainings.Next();
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] files = [.. blobs.Select(blob => Directory.EnumerateFiles(cluster.BlobFolder, blob, SearchOption.AllDirectories).Single())];
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, longAgo);

        training.End(Some.Result() with { WeightsBlob = blobs[0], EmbeddingsBlob = blobs[1] });

        await TestCluster.Until(sweep, progress => progress.Ended.Length == 1);
        Assert.All(files, file => Assert.NotEqual(longAgo, File.GetLastWriteTimeUtc(file)));
    }
}
