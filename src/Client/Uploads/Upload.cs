using System.Runtime.InteropServices;
using Siamese.Client.Connections;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Uploads;

/// <summary>
/// Brings a data set to a cluster whose silos may not see this machine's files. What the cluster has already is not sent
/// again, so an upload that was broken off goes on where it was.
/// </summary>
internal sealed class Upload(Surroundings surroundings, Calls calls)
{
    /// <summary>Most pieces sent at once, and held in memory: 8 MB. On a slow line they would only wait for each other, until their time is over.</summary>
    private const int MostAtOnce = 4;

    /// <summary>When pieces are stored as soon as this, twice as many go at once.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(2);

    /// <summary>Times that pieces are sent that another sweep's end took away meanwhile.</summary>
    private const int Tries = 3;

    /// <summary>The data where it can be read: in the cluster from now on where that was named, at its path where the local silo reads it.</summary>
    /// <exception cref="BadInputException">A file is missing or cannot be read; nothing was sent.</exception>
    public async Task<DataSource> Bring(DataSource data, ClusterChoice choice)
    {
        if (choice.IsLocal || data.Path is null)
            return data;
        var local = LocalData.Find(data.Path);
        // Reading may take minutes: who cannot be reached is said before.
        await calls.Connect(surroundings.End);
        var cut = CutData.Cut(local, surroundings.End);
        var manifest = cut.Manifest;
        var bytes = ImmutableCollectionsMarshal.AsImmutableArray(manifest.Write());
        if (bytes.Length > UploadLimits.ManifestBytes)
            throw new BadInputException($"{data.Path} holds {local.Files.Count} files, more than can be uploaded. Pack the images into IDX files.");
        var progress = new UploadProgress(surroundings, local.Name);
        var missing = await Missing(manifest);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await Send(cut, manifest, missing, progress);
            var end = await calls.MakeLarge((cluster, token) => cluster.Uploads.Seal(bytes, token), surroundings.End);
            if (end.Missing.IsEmpty)
            {
                progress.End();
                return data with { Path = null, Manifest = end.Manifest, Name = local.Name };
            }

            missing = [.. end.Missing];
        }

        throw new NoClusterException($"The cluster does not keep the pieces of {local.Name} that it was sent; look at the silos' logs.");
    }

    private async Task<HashSet<string>> Missing(DataManifest manifest)
    {
        var missing = new HashSet<string>();
        foreach (var names in manifest.Pieces.Select(piece => piece.Sha256).Distinct().Chunk(UploadLimits.NamesPerCall))
            missing.UnionWith(await calls.Make((cluster, token) => cluster.Uploads.Missing([.. names], token), surroundings.End));
        return missing;
    }

    private async Task Send(CutData cut, DataManifest manifest, HashSet<string> missing, UploadProgress progress)
    {
        var waiting = new Queue<int>(Enumerable.Range(0, manifest.Pieces.Count).DistinctBy(piece => manifest.Pieces[piece].Sha256)
            .Where(piece => missing.Contains(manifest.Pieces[piece].Sha256)));
        progress.Begin(waiting.Sum(piece => (long)manifest.Pieces[piece].Length));
        var read = new List<(string Name, byte[] Bytes)>();
        var atOnce = 1;
        while (waiting.Count + read.Count > 0)
        {
            surroundings.End.ThrowIfCancellationRequested();
            while (read.Count < atOnce && waiting.TryDequeue(out var piece))
                read.Add((manifest.Pieces[piece].Sha256, cut.Read(piece)));
            var start = surroundings.Clock.GetTimestamp();
            var stored = await Put(read[..Math.Min(atOnce, read.Count)]);
            atOnce = surroundings.Clock.GetElapsedTime(start) <= _soon ? Math.Min(2 * atOnce, MostAtOnce) : 1;
            progress.Sent(read.Where(piece => stored.Contains(piece.Name)).Sum(piece => piece.Bytes.Length));
            read.RemoveAll(piece => stored.Contains(piece.Name));
        }
    }

    /// <summary>Sends pieces, and says which of them are stored: not all where the line did not take them in the time of a call.</summary>
    private async Task<HashSet<string>> Put(List<(string Name, byte[] Bytes)> pieces)
    {
        var isRepeated = false;
        return await calls.MakeLarge(
            async (cluster, token) =>
            {
                if (isRepeated)
                {
                    // What came through before the answer failed to is not sent again.
                    var missing = await cluster.Uploads.Missing([.. pieces.Select(piece => piece.Name)], token);
                    if (missing.Length < pieces.Count)
                        return [.. pieces.Select(piece => piece.Name).Except(missing)];
                    pieces = pieces[..1];
                }

                isRepeated = true;
                await Task.WhenAll(pieces.Select(piece => cluster.Uploads.Put(ImmutableCollectionsMarshal.AsImmutableArray(piece.Bytes), token)));
                return pieces.Select(piece => piece.Name).ToHashSet();
            },
            surroundings.End);
    }
}
