using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Readers;

namespace Siamese.Grains.Backbones;

/// <summary>Fills in the features of one data set's images, on the calling thread and others.</summary>
/// <param name="backbone">The backbone.</param>
/// <param name="shape">Its name.</param>
/// <param name="claimant">Who computes here.</param>
/// <param name="index">Knows features, and who computes which.</param>
/// <param name="blobs">Has them.</param>
/// <param name="time">The clock.</param>
internal sealed class FeatureRun(IBackbone backbone, BackboneShape shape, string claimant, IFeatureIndexGrain index, IBlobStore blobs, TimeProvider time)
{
    /// <summary>Images that are in memory and claimed at once: 10 MB of 224×224 pixels in colour, a few seconds of work.</summary>
    private const int LotSize = 64;

    /// <summary>More images have larger lots, so that the index stays small.</summary>
    private const int MostLots = 250;

    /// <summary>At most 77 MB of 224×224 pixels in colour.</summary>
    private const int LargestLot = 512;

    /// <summary>Images that a backbone gets at once.</summary>
    private const int BatchSize = 16;

    /// <summary>Blobs in memory: images that follow each other are mostly in one.</summary>
    private const int MostBlobs = 8;

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(500), _extension = TimeSpan.FromSeconds(10), _patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, float[]> _read = [];
    private int _all;
    private int _filled;

    /// <summary>Number of images whose features were computed here.</summary>
    public int Computed { get; private set; }

    private ImagesRead Progress => new(_filled, _all);

    /// <inheritdoc cref="IFeatures.Compute"/>
    public void Fill(int count, ReadItem read, byte[] features, CancellationToken cancellation)
    {
        _all = count;
        var size = Math.Clamp(count / MostLots, LotSize, LargestLot);
        Lot[] lots = [.. Enumerable.Range(0, (count + size - 1) / size).Select(lot => new Lot(lot * size, Math.Min(size, count - (lot * size))))];
        if (lots.Length == 0)
            return;
        // Silos that begin at the same time begin at different lots.
        var first = (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(claimant.AsSpan())) % (ulong)lots.Length);
        var open = lots.Skip(first).Concat(lots.Take(first)).ToList();
        while (true)
        {
            var left = open.Where(lot => !TryFill(lot, read, features, cancellation)).ToList();
            if (left.Count == 0)
                return;
            // Others compute them.
            if (left.Count == open.Count && cancellation.WaitHandle.WaitOne(_glance))
                cancellation.ThrowIfCancellationRequested();
            open = left;
        }
    }

    /// <summary>Fills in a lot; false if others still compute some of it.</summary>
    private bool TryFill(Lot lot, ReadItem read, byte[] features, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pixels = lot.Hashes is null ? Read(lot, read, cancellation) : null;
        ImmutableArray<UInt128> wanted = [.. lot.Hashes!.Distinct().Where(hash => hash != default)];
        var places = wanted.Zip(Call(() => index.Claim(claimant, wanted, Progress, cancellation), cancellation)).ToDictionary(place => place.First, place => place.Second);
        UInt128[] mine = [.. wanted.Where(hash => places[hash].IsYours)];
        var computed = mine.Length > 0 ? Compute(lot, mine, pixels ?? Read(lot, read, cancellation), cancellation) : [];
        var rows = MemoryMarshal.Cast<byte, float>(features.AsSpan());
        var isWhole = true;
        for (var i = 0; i < lot.Count; i++)
        {
            var hash = lot.Hashes![i];
            if (hash == default)
                continue;
            var target = rows.Slice((lot.Start + i) * shape.Width, shape.Width);
            if (Array.IndexOf(mine, hash) is >= 0 and var own)
                computed.AsSpan(own * shape.Width, shape.Width).CopyTo(target);
            else
                isWhole &= places[hash].Blob is { } blob && Stored(blob, cancellation) is { } stored && TryCopy(stored, places[hash].Row, target);
        }

        _filled += isWhole ? lot.Count : 0;
        return isWhole;
    }

    /// <summary>Reads the images of a lot, and hashes them.</summary>
    private byte[] Read(Lot lot, ReadItem read, CancellationToken cancellation)
    {
        var input = backbone.Input;
        var pixels = new byte[lot.Count * input.Bytes];
        var hashes = new UInt128[lot.Count];
        DedicatedThreads.ForEach(lot.Count, i =>
        {
            var its = pixels.AsSpan(i * input.Bytes, input.Bytes);
            if (read(lot.Start + i, input, its))
                hashes[i] = XxHash128.HashToUInt128(its);
        }, cancellation);
        lot.Hashes = hashes;
        return pixels;
    }

    /// <summary>Computes features, and stores them.</summary>
    private float[] Compute(Lot lot, UInt128[] mine, byte[] pixels, CancellationToken cancellation)
    {
        var features = new float[mine.Length * shape.Width];
        var image = backbone.Input.Bytes;
        var extended = time.GetTimestamp();
        int[][] batches = [.. Enumerable.Range(0, mine.Length).Chunk(BatchSize)];
        DedicatedThreads.ForEach(batches.Length, b =>
        {
            var batch = batches[b];
            var input = new byte[batch.Length * image];
            for (var i = 0; i < batch.Length; i++)
                pixels.AsSpan(Array.IndexOf(lot.Hashes!, mine[batch[i]]) * image, image).CopyTo(input.AsSpan(i * image));
            backbone.Embed(input, features.AsSpan(batch[0] * shape.Width, batch.Length * shape.Width));
            if (time.GetElapsedTime(Interlocked.Read(ref extended)) > _extension)
            {
                Interlocked.Exchange(ref extended, time.GetTimestamp());
                Call(() => index.Claim(claimant, [.. mine], Progress, cancellation), cancellation);
            }
        }, cancellation, Concurrency);
        var stored = StoredFeatures.Write(shape.Name.Manifest, features, shape.Width);
        var blob = Call(() => blobs.Put(stored, cancellation), cancellation);
        Call(() => Answered(index.Add(blob, [.. mine], cancellation)), cancellation);
        Computed += mine.Length;
        return features;
    }

    /// <summary>A backbone uses the other processors itself.</summary>
    private static int Concurrency => Math.Min(2, Environment.ProcessorCount);

    /// <summary>Features from the store; null if they are lost, so that they are computed again.</summary>
    private float[]? Stored(string blob, CancellationToken cancellation)
    {
        if (_read.TryGetValue(blob, out var features))
            return features;
        try
        {
            features = StoredFeatures.Read(Call(() => blobs.Get(blob, cancellation), cancellation));
        }
        catch (Exception e) when (e is BlobException or InvalidDataException)
        {
            Call(() => Answered(index.Lost(blob, cancellation)), cancellation);
            return null;
        }

        if (_read.Count >= MostBlobs)
            _read.Clear();
        return _read[blob] = features;
    }

    private bool TryCopy(float[] stored, int row, Span<float> target)
    {
        if ((row + 1) * shape.Width > stored.Length)
            return false;
        stored.AsSpan(row * shape.Width, shape.Width).CopyTo(target);
        return true;
    }

    /// <summary>
    /// Calls a grain or the store. Blocks, because it runs on a thread that reads data sets. If a silo is lost or the store is away,
    /// it tries again for a while: every call can be repeated.
    /// </summary>
    /// <exception cref="DataUnavailableException">It failed for too long.</exception>
    private T Call<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var began = time.GetTimestamp(); ; cancellation.ThrowIfCancellationRequested())
        {
            try
            {
                return call().GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or StoreUnavailableException)
            {
                if (time.GetElapsedTime(began) > _patience)
                    throw new DataUnavailableException($"The silo on {Environment.MachineName} cannot share features with the others now: {e.Message}");
            }

            cancellation.WaitHandle.WaitOne(_glance);
        }
    }

    private static async Task<bool> Answered(Task call)
    {
        await call;
        return true;
    }

    private sealed record Lot(int Start, int Count)
    {
        /// <summary>A hash of each image's pixels, 0 for one that cannot be read; null until they were read.</summary>
        public UInt128[]? Hashes { get; set; }
    }
}
