using System.Runtime.InteropServices;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Commands.Uploads;

/// <summary>
/// Uploads a data set to a cluster whose silos may not see this machine's files. Pieces that the cluster already has are not
/// sent again, so an interrupted upload resumes where it stopped.
/// </summary>
internal sealed class Upload(Surroundings surroundings, Calls calls)
{
    /// <summary>Maximum number of pieces sent at once and held in memory: 8 MB. On a slow line, more would only make calls time out.</summary>
    private const int MostAtOnce = 4;

    /// <summary>If pieces are stored within this time, twice as many are sent at once.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(2);

    /// <summary>Number of times to send pieces, in case the end of another sweep removes them in the meantime.</summary>
    private const int Tries = 3;

    /// <summary>The data, readable by silos: uploaded if a cluster was named, else at its path, which the local silo reads.</summary>
    /// <exception cref="BadInputException">A file is missing or cannot be read; nothing was sent.</exception>
    public async Task<DataSource> Bring(DataSource data, ClusterChoice choice)
    {
        if (choice.IsLocal || data.Path is null)
            return data;
        var local = LocalData.Find(data);
        return data with { Path = null, Manifest = await Send(local), Name = PlainText.Of(local.Name), ListFolder = local.ListFolder, Features = local.Features };
    }

    /// <summary>Uploads files, and returns the name of their manifest.</summary>
    /// <exception cref="BadInputException">A file cannot be read; nothing was sent.</exception>
    public async Task<string> Send(LocalData local)
    {
        // Reading may take minutes, so report an unreachable cluster first.
        await calls.Connect(surroundings.End);
        var cut = CutData.Cut(local, surroundings.End);
        var manifest = cut.Manifest;
        var bytes = ImmutableCollectionsMarshal.AsImmutableArray(manifest.Write());
        if (bytes.Length > UploadLimits.ManifestBytes)
            throw new BadInputException($"{local.Folder} contains {local.Files.Count} files, too many to upload. Pack the images into IDX files.");
        foreach (var remark in local.Remarks)
            surroundings.Terminal.Error.WriteLine(remark);
        using var progress = new UploadProgress(surroundings, local.Name);
        var missing = await Missing(manifest);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await Send(cut, manifest, missing, progress);
            var end = await calls.MakeLarge((cluster, token) => cluster.Uploads.Seal(bytes, token), surroundings.End);
            if (end.Missing.IsEmpty)
            {
                progress.End();
                return end.Manifest;
            }

            missing = [.. end.Missing];
        }

        throw new NoClusterException($"The cluster did not keep the uploaded pieces of {local.Name}; check the silos' logs.");
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

    /// <summary>Sends pieces, and returns those that are stored: not all if the line was too slow for a single call.</summary>
    private async Task<HashSet<string>> Put(List<(string Name, byte[] Bytes)> pieces)
    {
        var isRepeated = false;
        return await calls.MakeLarge(
            async (cluster, token) =>
            {
                if (isRepeated)
                {
                    // The pieces may have arrived although the answer did not; do not send those again.
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
