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
    /// <summary>Pieces sent at once, and held in memory: 8 MB.</summary>
    private const int InFlight = 4;

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
            var end = await calls.Make((cluster, token) => cluster.Uploads.Seal(bytes, token), surroundings.End);
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
        var wanted = Enumerable.Range(0, manifest.Pieces.Count).DistinctBy(piece => manifest.Pieces[piece].Sha256)
            .Where(piece => missing.Contains(manifest.Pieces[piece].Sha256)).ToArray();
        progress.Begin(wanted.Sum(piece => (long)manifest.Pieces[piece].Length));
        foreach (var some in wanted.Chunk(InFlight))
        {
            surroundings.End.ThrowIfCancellationRequested();
            var pieces = some.Select(cut.Read).ToArray();
            await calls.Make(
                (cluster, token) => Task.WhenAll(pieces.Select(piece => cluster.Uploads.Put(ImmutableCollectionsMarshal.AsImmutableArray(piece), token))),
                surroundings.End);
            progress.Sent(pieces.Sum(piece => piece.Length));
        }
    }
}
